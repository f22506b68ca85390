// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/spec_json.h"

#include <QJsonArray>

namespace wg::io {
namespace {

QString text(const std::string& from) { return QString::fromStdString(from); }

/// Reads fields one by one and remembers the first that has the wrong type.
class FieldReader {
public:
    explicit FieldReader(const QJsonObject& object) : m_object(object) {}

    void read(const char* name, std::string& out)
    {
        if (const QJsonValue value = take(name, QJsonValue::String); value.isString())
            out = value.toString().toStdString();
    }
    void read(const char* name, bool& out)
    {
        if (const QJsonValue value = take(name, QJsonValue::Bool); value.isBool())
            out = value.toBool();
    }
    void read(const char* name, double& out)
    {
        if (const QJsonValue value = take(name, QJsonValue::Double); value.isDouble())
            out = value.toDouble();
    }
    QJsonArray array(const char* name) { return take(name, QJsonValue::Array).toArray(); }
    QJsonObject object(const char* name) { return take(name, QJsonValue::Object).toObject(); }
    void fail(const char* name) { m_bad = m_bad.empty() ? name : m_bad; }
    [[nodiscard]] const std::string& bad() const { return m_bad; }

private:
    QJsonValue take(const char* name, QJsonValue::Type type)
    {
        const QJsonValue value = m_object.value(QLatin1String(name));
        if (!value.isUndefined() && value.type() != type)
            fail(name);
        return value.type() == type ? value : QJsonValue();
    }
    const QJsonObject& m_object;
    std::string m_bad;
};

Error wrongField(const std::string& object, const std::string& field)
{
    return {ErrorCode::Undecodable, "The field \"" + field + "\" of a " + object + " has a value that cannot be used.", {}};
}

QJsonArray textArray(const std::vector<std::string>& from)
{
    QJsonArray out;
    for (const std::string& each : from)
        out.append(text(each));
    return out;
}

} // namespace

QJsonObject toJson(const engine::ConnectionSpec& spec)
{
    QJsonArray headers;
    for (const engine::Header& header : spec.headers)
        headers.append(QJsonObject{{"name", text(header.name)}, {"value", text(header.value)}});
    return {{"id", text(spec.id)},
            {"name", text(spec.name)},
            {"group", text(spec.group)},
            {"url", text(spec.url)},
            {"auth", spec.auth == engine::AuthKind::Bearer ? "bearer" : "none"},
            {"secret", text(spec.secretName)},
            {"headers", headers},
            {"tls", QJsonObject{{"ca", text(spec.tls.caFile)},
                                {"cert", text(spec.tls.certFile)},
                                {"key", text(spec.tls.keyFile)},
                                {"pin", text(spec.tls.pinSha256)}}},
            {"proxy", text(spec.proxy)},
            {"enabled", spec.isEnabled}};
}

QJsonObject toJson(const engine::RouteSpec& spec)
{
    QJsonArray transports;
    for (const engine::Transport transport : spec.transports) {
        const std::string_view name = engine::toString(transport);
        transports.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    return {{"id", text(spec.id)},
            {"connection", text(spec.connectionId)},
            {"path", text(spec.path)},
            {"dialect", text(spec.dialect)},
            {"transports", transports},
            {"ids", textArray(spec.ids)},
            {"serverFilter", text(spec.serverFilter)},
            {"heartbeatS", spec.heartbeatS},
            {"pollIntervalS", spec.pollIntervalS},
            {"onGap", spec.onGap == sync::OnGap::Snapshot ? "snapshot" : "resume"},
            {"enabled", spec.isEnabled}};
}

Result<engine::ConnectionSpec> connectionFromJson(const QJsonObject& object)
{
    engine::ConnectionSpec spec;
    FieldReader reader(object);
    reader.read("id", spec.id);
    reader.read("name", spec.name);
    reader.read("group", spec.group);
    reader.read("url", spec.url);
    reader.read("secret", spec.secretName);
    reader.read("proxy", spec.proxy);
    reader.read("enabled", spec.isEnabled);
    std::string auth = "none";
    reader.read("auth", auth);
    if (auth != "none" && auth != "bearer")
        reader.fail("auth");
    spec.auth = auth == "bearer" ? engine::AuthKind::Bearer : engine::AuthKind::None;
    for (const QJsonValue& value : reader.array("headers")) {
        const QJsonObject header = value.toObject();
        FieldReader headerReader(header);
        engine::Header read;
        headerReader.read("name", read.name);
        headerReader.read("value", read.value);
        if (read.name.empty() || !headerReader.bad().empty())
            reader.fail("headers");
        spec.headers.push_back(std::move(read));
    }
    const QJsonObject tls = reader.object("tls");
    FieldReader tlsReader(tls);
    tlsReader.read("ca", spec.tls.caFile);
    tlsReader.read("cert", spec.tls.certFile);
    tlsReader.read("key", spec.tls.keyFile);
    tlsReader.read("pin", spec.tls.pinSha256);
    if (!tlsReader.bad().empty())
        reader.fail("tls");
    if (spec.id.empty())
        reader.fail("id");
    if (!reader.bad().empty())
        return wrongField("connection", reader.bad());
    return spec;
}

Result<engine::RouteSpec> routeFromJson(const QJsonObject& object)
{
    engine::RouteSpec spec;
    FieldReader reader(object);
    reader.read("id", spec.id);
    reader.read("connection", spec.connectionId);
    reader.read("path", spec.path);
    reader.read("dialect", spec.dialect);
    reader.read("serverFilter", spec.serverFilter);
    reader.read("heartbeatS", spec.heartbeatS);
    reader.read("pollIntervalS", spec.pollIntervalS);
    reader.read("enabled", spec.isEnabled);
    for (const QJsonValue& value : reader.array("transports")) {
        const auto transport = engine::transportFromText(value.toString().toStdString());
        if (transport)
            spec.transports.push_back(*transport);
        else
            reader.fail("transports");
    }
    for (const QJsonValue& value : reader.array("ids")) {
        if (!value.isString())
            reader.fail("ids");
        spec.ids.push_back(value.toString().toStdString());
    }
    std::string onGap = "snapshot";
    reader.read("onGap", onGap);
    if (onGap != "snapshot" && onGap != "resume")
        reader.fail("onGap");
    spec.onGap = onGap == "resume" ? sync::OnGap::ResumeOnceThenSnapshot : sync::OnGap::Snapshot;
    if (spec.id.empty())
        reader.fail("id");
    if (!(spec.heartbeatS > 0))
        reader.fail("heartbeatS");
    if (!(spec.pollIntervalS > 0))
        reader.fail("pollIntervalS");
    if (!reader.bad().empty())
        return wrongField("route", reader.bad());
    return spec;
}

} // namespace wg::io
