// SPDX-License-Identifier: GPL-3.0-or-later
// A self-signed certificate for localhost and 127.0.0.1, made for one test by the openssl command.
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace wg::test {

struct Certificate {
    QString certFile, keyFile;
    bool isMade = false;
};

inline Certificate makeCertificate(const QTemporaryDir& folder, const QString& name, const QString& host = QStringLiteral("localhost"))
{
    Certificate made{folder.filePath(name + ".pem"), folder.filePath(name + ".key"), false};
    const QString names = host == u"localhost" ? QStringLiteral("DNS:localhost,IP:127.0.0.1") : QStringLiteral("DNS:") + host;
    const int code = QProcess::execute(QStringLiteral("openssl"),
                                       {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                                        "-subj", "/CN=" + host, "-addext", "subjectAltName=" + names, "-keyout", made.keyFile, "-out",
                                        made.certFile, "-batch"});
    made.isMade = code == 0;
    return made;
}

} // namespace wg::test
