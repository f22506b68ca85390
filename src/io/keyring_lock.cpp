// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/keyring_lock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QTimer>

namespace wg::io {

void askWhetherLocked(QObject& context, std::function<void(bool)> answer)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        QTimer::singleShot(0, &context, [answer = std::move(answer)] { answer(false); });
        return;
    }
    QDBusMessage ask = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    ask << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    const int patience = static_cast<int>(kLockAnswerTime.count());
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(ask, patience), &context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, &context, [answer = std::move(answer)](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        answer(!reply.isError() && reply.value().variant().toBool());
    });
}

} // namespace wg::io
