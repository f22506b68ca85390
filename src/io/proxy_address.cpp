// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/proxy_address.h"

#include <QUrl>

namespace wg::io {

Result<QNetworkProxy> proxyFromText(const std::string& text)
{
    if (text.empty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const QString shown = url.toDisplayString(QUrl::RemoveUserInfo);
    const auto bad = [&](const std::string& why) {
        return Error{ErrorCode::BadArgument, "The proxy address \"" + shown.toStdString() + "\" cannot be used: " + why + ".",
                     "Give one like http://proxy:3128 or socks5://proxy:1080."};
    };
    if (!url.isValid())
        return bad("it is not an address");
    QNetworkProxy::ProxyType type = QNetworkProxy::NoProxy;
    if (url.scheme() == u"http")
        type = QNetworkProxy::HttpProxy;
    else if (url.scheme() == u"socks5" || url.scheme() == u"socks5h")
        type = QNetworkProxy::Socks5Proxy;
    else
        return bad("its scheme is neither http nor socks5");
    if (url.host().isEmpty())
        return bad("the host is missing");
    if (url.port() <= 0)
        return bad("the port is missing");
    return QNetworkProxy(type, url.host(), static_cast<quint16>(url.port()), url.userName(QUrl::FullyDecoded),
                         url.password(QUrl::FullyDecoded));
}

} // namespace wg::io
