// SPDX-License-Identifier: GPL-3.0-or-later
// Programs run by a test: to their end with what they printed, or kept running and stopped by their own id.
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <csignal>
#include <optional>
#include <string>

namespace wg::test {

struct Finished {
    int code = -1; ///< -1: did not start, did not end in time or ended by a signal
    std::string out, err;
};

struct Launch {
    QString program;
    QStringList arguments;
    QByteArray input;
    std::optional<QProcessEnvironment> environment;
    int patienceMs = 60'000;
};

inline Finished runToEnd(const Launch& launch)
{
    QProcess process;
    if (launch.environment)
        process.setProcessEnvironment(*launch.environment);
    process.start(launch.program, launch.arguments);
    Finished done;
    if (!process.waitForStarted())
        return done;
    process.write(launch.input);
    process.closeWriteChannel();
    const bool isOver = process.waitForFinished(launch.patienceMs);
    if (!isOver) {
        process.kill();
        process.waitForFinished();
    }
    if (isOver && process.exitStatus() == QProcess::NormalExit)
        done.code = process.exitCode();
    done.out = process.readAllStandardOutput().toStdString();
    done.err = process.readAllStandardError().toStdString();
    return done;
}

inline QString ctlPath() { return QStringLiteral(WG_BIN_DIR "/watchglassctl"); }
inline QString gatewayPath() { return QStringLiteral(WG_BIN_DIR "/watchglass-gateway"); }

inline Finished ctl(const QStringList& arguments, const QByteArray& input = {}, int patienceMs = 60'000)
{
    return runToEnd({ctlPath(), arguments, input, {}, patienceMs});
}

} // namespace wg::test
