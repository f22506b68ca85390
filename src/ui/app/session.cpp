// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/session.h"

#include "ui/charts/series_trim.h"

#include <QPointer>

namespace wg::ui {

namespace {

constexpr int kKeychainLookMs = 30'000;
/// Asked for only to learn where tokens go; nothing is ever stored under it.
constexpr const char* kProbeName = "watchglass/presence";

} // namespace

Session::Session(const SessionParts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_shell(parts.preferences)
    , m_book(*parts.engine, parts.specs)
    , m_publication(parts.engine->publication())
{
    connect(&m_clock, &FrameClock::tick, this, &Session::read);
    const auto askRange = [this] {
        m_parts.engine->post(engine::SetSeriesRange{m_shell.rangeS()});
        m_health.setRangeS(m_shell.rangeS());
    };
    connect(&m_shell, &ShellModel::rangeChanged, this, askRange);
    askRange();
    connect(&m_book, &WatchBook::saveFailed, this,
            [this](const QString& sentence) { m_shell.notify(QStringLiteral("error"), sentence); });
    auto* look = new QTimer(this);
    look->setInterval(kKeychainLookMs);
    connect(look, &QTimer::timeout, this, &Session::lookAtKeychain);
    look->start();
    lookAtKeychain();
}

Session::~Session() = default;

void Session::read()
{
    auto latest = m_parts.engine->publication();
    if (latest == m_publication)
        return;
    m_publication = std::move(latest);
    const bool isNewSeries = m_publication->series != m_published;
    if (isNewSeries) {
        m_published = m_publication->series;
        m_series = trimmedToData(m_published);
        m_health.setSeriesBegin(m_series ? m_series->beginWall : 0);
    }
    m_health.read(*m_publication);
    emit published();
    if (isNewSeries)
        emit seriesPublished();
}

void Session::begin(const QString& settingsProblem)
{
    if (!settingsProblem.isEmpty())
        report(Error{ErrorCode::Io, settingsProblem.toStdString(), {}});
    report(m_book.load());
}

void Session::watch(const QString& address)
{
    engine::ConnectionSpec connection;
    connection.url = address.toStdString();
    const auto added = m_book.addConnection(std::move(connection), {}, true);
    report(added ? Result<void>() : Result<void>(added.error()));
}

void Session::report(const Result<void>& result)
{
    if (result)
        return;
    const QString sentence = QString::fromStdString(result.error().sentence());
    qWarning("watchglass: %s", qPrintable(sentence));
    m_shell.notify(QStringLiteral("error"), sentence);
}

void Session::lookAtKeychain()
{
    if (!m_parts.secrets) {
        m_health.setKeychain(QStringLiteral("memory"), tr("No keychain"));
        return;
    }
    m_parts.secrets->look(kProbeName, [self = QPointer<Session>(this)](const Result<SecretPresence>& found) {
        if (!self)
            return;
        if (!found)
            self->m_health.setKeychain(QStringLiteral("locked"), tr("Keychain unavailable"));
        else if (found.value().place == SecretPlace::Keychain)
            self->m_health.setKeychain(QStringLiteral("unlocked"), tr("Keychain unlocked"));
        else if (found.value().place == SecretPlace::Locked)
            self->m_health.setKeychain(QStringLiteral("locked"), tr("Keychain locked"));
        else
            self->m_health.setKeychain(QStringLiteral("memory"), tr("No keychain"));
    });
}

} // namespace wg::ui
