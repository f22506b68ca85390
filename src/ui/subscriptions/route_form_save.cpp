// SPDX-License-Identifier: GPL-3.0-or-later
// RouteForm, the part that keeps: tokens into the keychain, the rest into the book.
#include "ui/subscriptions/route_form.h"

#include "ui/text/figures.h"

#include <QPointer>

#include <array>

namespace wg::ui {

using engine::AuthKind;

namespace {

/// Order in which save() looks for the first problem: that of the form.
constexpr std::array<const char*, 8> kFieldOrder = {"name", "url", "path", "serverFilter", "heartbeat", "pollInterval", "token", "ids"};

QString placeName(SecretPlace place)
{
    switch (place) {
    case SecretPlace::Keychain: return QStringLiteral("keychain");
    case SecretPlace::Locked: return QStringLiteral("locked");
    case SecretPlace::Memory: break;
    }
    return QStringLiteral("memory");
}

} // namespace

std::string RouteForm::secretName() const
{
    return m_saved.connection.secretName.empty() ? "connection-" + m_saved.connection.id : m_saved.connection.secretName;
}

void RouteForm::lookForToken()
{
    m_hasToken = false;
    m_tokenPlace = QStringLiteral("none");
    m_tokenNote.clear();
    SecretStore* secrets = m_session->secrets();
    if (!secrets) {
        m_tokenPlace = QStringLiteral("memory");
        m_tokenNote = tr("No keychain on this system. A token lives in memory only, until you quit.");
        return;
    }
    m_tokenPlace = QStringLiteral("unknown");
    secrets->look(secretName(), [self = QPointer<RouteForm>(this), generation = m_generation](const Result<SecretPresence>& found) {
        if (!self || self->m_generation != generation)
            return;
        if (!found) {
            self->m_tokenPlace = QStringLiteral("locked");
            self->m_tokenNote = QString::fromStdString(found.error().sentence());
        } else {
            self->m_hasToken = found.value().exists;
            self->m_tokenPlace = placeName(found.value().place);
            if (found.value().place == SecretPlace::Locked)
                self->m_tokenNote = tr("The keychain is locked. Unlock it to use or store a token.");
            else if (found.value().place == SecretPlace::Memory)
                self->m_tokenNote = tr("No keychain on this system. A token lives in memory only, until you quit.");
        }
        emit self->edited();
    });
}

void RouteForm::removeToken()
{
    SecretStore* secrets = m_session ? m_session->secrets() : nullptr;
    if (!secrets || !m_hasToken)
        return;
    secrets->remove(secretName(), [self = QPointer<RouteForm>(this), generation = m_generation](const Result<void>& removed) {
        if (!self)
            return;
        if (!removed)
            emit self->failed(QString::fromStdString(removed.error().sentence()));
        if (self->m_generation == generation) {
            self->lookForToken();
            emit self->edited();
        }
    });
}

void RouteForm::save()
{
    if (!m_isOpen || m_isSaving)
        return;
    const QVariantMap wrong = problems();
    for (const char* field : kFieldOrder) {
        if (wrong.contains(QLatin1String(field))) {
            emit invalid(QLatin1String(field));
            return;
        }
    }
    m_draft.route.heartbeatS = m_heartbeat.toDouble();
    m_draft.route.pollIntervalS = m_pollInterval.toDouble();
    const bool hasNewToken = !m_token.isEmpty() && m_draft.connection.auth == AuthKind::Bearer;
    SecretStore* secrets = m_session->secrets();
    if (hasNewToken && !secrets) {
        emit failed(tr("This window was started without a place for tokens. Choose None, or start it again."));
        return;
    }
    // A new connection needs its id before a token can be stored under it.
    if (hasNewToken && m_draft.connection.id.empty())
        m_draft.connection.id = WatchBook::newId();
    if (m_draft.connection.auth == AuthKind::Bearer && m_draft.connection.secretName.empty())
        m_draft.connection.secretName = "connection-" + m_draft.connection.id;
    if (!hasNewToken) {
        finishSave();
        return;
    }
    m_isSaving = true;
    emit edited();
    const QByteArray utf8 = m_token.toUtf8();
    secrets->write(m_draft.connection.secretName, Secret(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size()))),
                   [self = QPointer<RouteForm>(this), generation = m_generation](const Result<SecretPlace>& written) {
                       if (!self || self->m_generation != generation)
                           return;
                       self->m_isSaving = false;
                       if (!written) {
                           emit self->edited();
                           emit self->failed(QString::fromStdString(written.error().sentence()));
                           return;
                       }
                       self->finishSave();
                   });
}

void RouteForm::finishSave()
{
    WatchBook& book = m_session->book();
    const bool isReconnecting = mustReconnect();
    const bool hasNewToken = !m_token.isEmpty();
    std::string connection = m_draft.connection.id, route = m_draft.route.id;
    Result<void> kept;
    if (m_saved.connection.id.empty()) {
        const Result<std::string> added = book.addConnection(m_draft.connection, {m_draft.route});
        kept = added ? Result<void>() : Result<void>(added.error());
        if (added)
            connection = added.value();
    } else {
        kept = book.update(m_draft.connection, m_hasRoute && !m_saved.route.id.empty() ? &m_draft.route : nullptr);
        if (kept && m_hasRoute && m_saved.route.id.empty()) {
            const Result<std::string> added = book.addRoute(m_draft.route);
            kept = added ? Result<void>() : Result<void>(added.error());
            if (added)
                route = added.value();
        }
    }
    if (!kept) {
        emit edited();
        emit failed(QString::fromStdString(kept.error().sentence()));
        return;
    }
    if (hasNewToken)
        book.credentialsChanged(connection);
    open(QString::fromStdString(connection), QString::fromStdString(route));
    emit saved(isReconnecting ? tr("Saved %1. Connecting with the new settings.").arg(title()) : tr("Saved %1.").arg(title()));
}

} // namespace wg::ui
