// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/window_engine.h"

#include "ui/app/gui_watch.h"
#include "ui/theme/icon_provider.h"
#include "ui/theme/tokens.h"

#include <QFontDatabase>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QQmlNetworkAccessManagerFactory>
#include <QQuickWindow>
#include <QTimer>
#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(WatchglassPlugin)

namespace wg::ui {

namespace {

/// QML has no business on the network: outside text must not be able to make it fetch anything.
class RefusingNetwork final : public QNetworkAccessManager
{
public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request, QIODevice* body) override
    {
        qWarning("the window refused to fetch an address of scheme %s", qPrintable(request.url().scheme()));
        QNetworkRequest nowhere(request);
        nowhere.setUrl(QUrl());
        return QNetworkAccessManager::createRequest(operation, nowhere, body);
    }
};

class RefusingFactory final : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager* create(QObject* parent) override { return new RefusingNetwork(parent); }
};

RefusingFactory& refusingFactory()
{
    static RefusingFactory factory;
    return factory;
}

} // namespace

void loadFonts()
{
    for (const char* weight : {"Regular", "Medium", "SemiBold"}) {
        const QString file = QStringLiteral(":/watchglass/fonts/InterTabular-%1.otf").arg(QLatin1String(weight));
        if (QFontDatabase::addApplicationFont(file) < 0)
            qWarning("font %s: not among the program's resources", qPrintable(file));
    }
    QApplication::setFont(Tokens::instance()->body);
}

WindowEngine::WindowEngine(Session& session) : m_session(session)
{
    m_engine.setNetworkAccessManagerFactory(&refusingFactory());
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
}

bool WindowEngine::load(int width, int height)
{
    QVariantMap properties{{QStringLiteral("session"), QVariant::fromValue(&m_session)}};
    if (width > 0)
        properties.insert(QStringLiteral("width"), width);
    if (height > 0)
        properties.insert(QStringLiteral("height"), height);
    m_engine.setInitialProperties(properties);
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Watchglass/Main.qml")));
    if (m_engine.rootObjects().isEmpty())
        return false;
    m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().constFirst());
    m_session.clock().follow(m_window);
    // Start-up work is over with the first frame; from there on the window has to answer.
    QObject::connect(m_window, &QQuickWindow::frameSwapped, m_window, [] { GuiWatch::instance().arm(); },
                     static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    return true;
}

} // namespace wg::ui
