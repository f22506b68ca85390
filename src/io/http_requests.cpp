// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/http_requests.h"

#include "base/limits.h"
#include "io/proxy_address.h"
#include "io/tls_settings.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cctype>

namespace wg::io {
namespace {

constexpr unsigned kBusyLane = 6; ///< connections that one access manager opens to a host
constexpr std::size_t kPadding = 64;
constexpr qint64 kReplyBuffer = 4 * static_cast<qint64>(limits::kReadChunkBytes);
/// What may follow a redirect to another origin: says what is wanted, never who asks.
constexpr std::array<std::string_view, 8> kHarmless = {"accept",     "accept-language", "cache-control", "if-none-match",
                                                       "user-agent", "x-request-id",    "traceparent",   "pragma"};

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Qt reports a status of 400 and above as an error of the reply although the answer is whole.
bool isOnlyAboutStatus(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::NoError || (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError)
        || error == QNetworkReply::ProtocolInvalidOperationError
        || (error > QNetworkReply::ProtocolFailure && error <= QNetworkReply::UnknownServerError);
}

std::string withoutStop(std::string text)
{
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    return text;
}

std::string settingsOf(const engine::HttpRequest& request)
{
    const engine::TlsSpec& tls = request.tls;
    std::string out = tls.isInsecure ? "unchecked" : "checked";
    for (const std::string* part : {&tls.caFile, &tls.certFile, &tls.keyFile, &tls.pinSha256, &request.proxy})
        out += '\n' + *part;
    return out;
}

Error explain(const QNetworkReply& reply, const Url& url, bool hasHead)
{
    const std::string where = url.authority();
    const std::string why = withoutStop(reply.errorString().toStdString());
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorCode::ConnectFailed, "Could not connect to " + where + ": connection refused.", {}};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::ConnectFailed, "The host name \"" + url.host + "\" was not found.",
                "Check the address and the name service."};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::TlsFailed, "The TLS handshake with " + where + " failed: " + why + ".",
                "Check that this port speaks TLS and which certificates it asks for."};
    case QNetworkReply::TimeoutError:
        return {ErrorCode::Timeout, "The request to " + url.redacted() + " timed out.", {}};
    default: break;
    }
    if (reply.error() > QNetworkReply::UnknownNetworkError && reply.error() <= QNetworkReply::UnknownProxyError)
        return {ErrorCode::ConnectFailed, "The proxy did not pass on the request to " + where + ": " + why + ".",
                "Check the proxy's address and login."};
    if (hasHead)
        return {ErrorCode::ConnectionLost, "The answer from " + url.redacted() + " was cut: " + why + ".", {}};
    return {ErrorCode::ConnectFailed, "The request to " + url.redacted() + " failed: " + why + ".", {}};
}

} // namespace

/// One access manager and how many requests run on it. Requests share one only if they share proxy and TLS settings:
/// Qt reuses connections by host, whatever certificate checks they were opened with.
struct HttpRequests::Lane {
    std::string settings;
    unsigned active = 0;
    QNetworkAccessManager network;
};

class HttpRequests::Exchange : public std::enable_shared_from_this<HttpRequests::Exchange> {
public:
    Exchange(HttpRequests& owner, engine::RequestId id, const engine::HttpRequest& request)
        : m_owner(owner), m_id(id), m_request(request), m_url(request.url), m_headers(request.headers)
    {
    }
    ~Exchange() { drop(); }
    void start();
    void drop();

private:
    void send();
    [[nodiscard]] QNetworkRequest build(const QSslConfiguration& tls) const;
    void connectSignals();
    void headArrived();
    void read();
    void finished();
    /// True if the answer is a redirect that was followed or refused.
    bool redirected(int status);
    void done(Error error);

    HttpRequests& m_owner;
    const engine::RequestId m_id;
    const engine::HttpRequest m_request;
    Url m_url;
    std::vector<engine::Header> m_headers;
    QObject m_context; ///< what is queued for this exchange dies with it
    QNetworkReply* m_reply = nullptr;
    Lane* m_lane = nullptr;
    Error m_tlsError{ErrorCode::None, {}, {}};
    std::size_t m_received = 0;
    unsigned m_redirects = 0;
    bool m_hasHead = false;
    bool m_isDropped = false;
};

void HttpRequests::Exchange::start()
{
    QTimer::singleShot(0, &m_context, [this] { send(); });
}

QNetworkRequest HttpRequests::Exchange::build(const QSslConfiguration& tls) const
{
    QNetworkRequest out(QUrl::fromEncoded(QByteArray::fromStdString(m_url.asHttp().toString())));
    out.setSslConfiguration(tls);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setDecompressedSafetyCheckThreshold(-1); // the limit on the whole body is ours
    for (const engine::Header& header : m_headers)
        out.setRawHeader(QByteArray::fromStdString(header.name), QByteArray::fromStdString(header.value));
    if (!out.hasRawHeader("User-Agent"))
        out.setRawHeader("User-Agent", "Watchglass/" WG_VERSION);
    return out;
}

void HttpRequests::Exchange::send()
{
    Result<QSslConfiguration> tls = QSslConfiguration::defaultConfiguration();
    if (m_url.isSecure())
        tls = tlsConfiguration(m_request.tls);
    if (!tls)
        return done(tls.error());
    if (const Result<QNetworkProxy> proxy = proxyFromText(m_request.proxy); !proxy)
        return done(proxy.error());
    m_lane = &m_owner.laneFor(m_request);
    ++m_lane->active;
    const QNetworkRequest request = build(tls.value());
    if (m_request.method == "GET" && m_request.body.empty())
        m_reply = m_lane->network.get(request);
    else
        m_reply = m_lane->network.sendCustomRequest(request, QByteArray::fromStdString(m_request.method),
                                                    QByteArray::fromStdString(m_request.body));
    m_reply->setReadBufferSize(kReplyBuffer);
    connectSignals();
}

void HttpRequests::Exchange::connectSignals()
{
    QObject::connect(m_reply, &QNetworkReply::sslErrors, &m_context, [this](const QList<QSslError>& complaints) {
        const QSslCertificate certificate = m_reply->sslConfiguration().peerCertificate();
        TlsVerdict verdict = judgeCertificate(m_request.tls, m_url.authority(), certificate, complaints);
        m_tlsError = std::move(verdict.error);
        if (m_tlsError.code == ErrorCode::None)
            m_reply->ignoreSslErrors(verdict.accepted);
    });
    QObject::connect(m_reply, &QNetworkReply::encrypted, &m_context, [this] {
        const QSslCertificate certificate = m_reply->sslConfiguration().peerCertificate();
        TlsVerdict verdict = judgeCertificate(m_request.tls, m_url.authority(), certificate, {});
        if (verdict.error.code != ErrorCode::None)
            done(std::move(verdict.error));
    });
    QObject::connect(m_reply, &QNetworkReply::metaDataChanged, &m_context, [this] { headArrived(); });
    QObject::connect(m_reply, &QNetworkReply::readyRead, &m_context, [this] { read(); });
    QObject::connect(m_reply, &QNetworkReply::finished, &m_context, [this] { finished(); });
}

void HttpRequests::Exchange::headArrived()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_hasHead || status < 200 || isRedirect(status))
        return;
    m_hasHead = true;
    engine::HttpHead head;
    head.status = status;
    head.finalUrl = m_url;
    for (const QNetworkReply::RawHeaderPair& pair : m_reply->rawHeaderPairs())
        head.headers.push_back({pair.first.toStdString(), pair.second.toStdString()});
    m_owner.m_sink->httpHead(m_id, head);
}

void HttpRequests::Exchange::read()
{
    const auto self = shared_from_this(); // the sink may abort this request from inside its call
    headArrived();
    if (!m_hasHead)
        return; // the body of a redirect; thrown away with the reply
    char* const begin = m_owner.m_buffer.data();
    while (!m_isDropped) {
        const qint64 got = m_reply->read(begin, static_cast<qint64>(limits::kReadChunkBytes));
        if (got <= 0)
            return;
        m_received += static_cast<std::size_t>(got);
        if (m_received > limits::kSnapshotBytes)
            return done({ErrorCode::TooLarge, "The answer from " + m_url.redacted() + " is larger than "
                                                  + std::to_string(limits::kSnapshotBytes / limits::kMiB) + " MiB.",
                         "Ask for less: a filter, or some ids."});
        m_owner.m_sink->httpBytes(m_id, {begin, static_cast<std::size_t>(got)});
    }
}

bool HttpRequests::Exchange::redirected(int status)
{
    if (!isRedirect(status))
        return false;
    const std::string location = m_reply->rawHeader("Location").toStdString();
    if (location.empty()) {
        done({ErrorCode::Protocol, m_url.redacted() + " redirects (" + std::to_string(status) + ") without saying where to.", {}});
        return true;
    }
    Result<Url> target = m_url.resolved(location);
    if (!target) {
        done({ErrorCode::Protocol, m_url.redacted() + " redirects to an address that cannot be used. " + target.error().what, {}});
        return true;
    }
    if (m_url.isSecure() && !target.value().isSecure()) {
        done({ErrorCode::Protocol, m_url.redacted() + " redirects from https to " + target.value().redacted() + ", which is not followed.",
              "Use the final address if it is right."});
        return true;
    }
    if (++m_redirects > limits::kRedirects) {
        done({ErrorCode::Protocol, m_request.url.redacted() + " redirects more than " + std::to_string(limits::kRedirects) + " times.", {}});
        return true;
    }
    if (target.value().origin() != m_url.origin())
        std::erase_if(m_headers, [](const engine::Header& h) {
            return std::find(kHarmless.begin(), kHarmless.end(), lowered(h.name)) == kHarmless.end();
        });
    m_url = std::move(target.value());
    drop();
    m_isDropped = false;
    send();
    return true;
}

void HttpRequests::Exchange::finished()
{
    const auto self = shared_from_this();
    if (m_tlsError.code != ErrorCode::None)
        return done(m_tlsError);
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (isOnlyAboutStatus(m_reply->error()) && redirected(status))
        return;
    read();
    if (m_isDropped)
        return;
    if (!m_hasHead || !isOnlyAboutStatus(m_reply->error()))
        return done(explain(*m_reply, m_url, m_hasHead));
    done({ErrorCode::None, {}, {}});
}

void HttpRequests::Exchange::done(Error error)
{
    const auto self = shared_from_this();
    m_owner.m_exchanges.erase(m_id);
    drop();
    m_owner.m_sink->httpDone(m_id, error);
}

void HttpRequests::Exchange::drop()
{
    m_isDropped = true;
    if (m_lane != nullptr)
        --std::exchange(m_lane, nullptr)->active;
    if (m_reply == nullptr)
        return;
    QNetworkReply* reply = std::exchange(m_reply, nullptr);
    QObject::disconnect(reply, nullptr, &m_context, nullptr);
    reply->abort();
    reply->deleteLater();
}

HttpRequests::HttpRequests() : m_buffer(limits::kReadChunkBytes + kPadding) {}

HttpRequests::~HttpRequests()
{
    for (auto& [id, exchange] : m_exchanges)
        exchange->drop();
}

void HttpRequests::request(engine::RequestId id, const engine::HttpRequest& request)
{
    auto exchange = std::make_shared<Exchange>(*this, id, request);
    m_exchanges.insert_or_assign(id, exchange);
    exchange->start();
}

void HttpRequests::abort(engine::RequestId id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    const auto exchange = found->second;
    m_exchanges.erase(found);
    exchange->drop();
}

HttpRequests::Lane& HttpRequests::laneFor(const engine::HttpRequest& request)
{
    const std::string settings = settingsOf(request);
    for (const auto& lane : m_lanes)
        if (lane->settings == settings && lane->active < kBusyLane)
            return *lane;
    auto lane = std::make_unique<Lane>();
    lane->settings = settings;
    lane->network.setProxy(proxyFromText(request.proxy).value());
    m_lanes.push_back(std::move(lane));
    return *m_lanes.back();
}

} // namespace wg::io
