// SPDX-License-Identifier: GPL-3.0-or-later
// Readable failures for Qt texts.
#pragma once

#include <QString>

#include <ostream>

inline void PrintTo(const QString& text, std::ostream* out)
{
    *out << '"' << text.toStdString() << '"';
}
