// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/process_reader.h"

#include <QFile>

#if defined(__linux__)
#include <dirent.h>
#include <unistd.h>
#endif

namespace wg::io {

#if defined(__linux__)

namespace {

double openFiles()
{
    DIR* folder = opendir("/proc/self/fd");
    if (!folder)
        return 0;
    double count = 0;
    while (const dirent* entry = readdir(folder))
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count - 1; // the folder itself was open while it was read
}

} // namespace

std::optional<series::ProcessFigures> ProcessReader::figures() const
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray stat = file.readAll();
    return series::ProcessFigures::parse({stat.constData(), static_cast<std::size_t>(stat.size())}, openFiles(), sysconf(_SC_CLK_TCK),
                                         sysconf(_SC_PAGESIZE));
}

#else

std::optional<series::ProcessFigures> ProcessReader::figures() const { return std::nullopt; }

#endif

} // namespace wg::io
