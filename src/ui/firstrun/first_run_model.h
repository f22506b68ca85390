// SPDX-License-Identifier: GPL-3.0-or-later
// FirstRunModel: the two ways to begin: connect to a route by its address, or start the demo gateway.
// Shape:  both add connections to the WatchBook; the Overview then shows them. Demo connections are not kept.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"

#include <QVariantList>

namespace wg::ui {

class FirstRunModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session MEMBER m_session NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(bool hasDemo READ hasDemo NOTIFY sessionChanged)
    /// [{ resource, title, transport, transportIcon, keys, rate, isOn }]
    Q_PROPERTY(QVariantList demoResources READ demoResources NOTIFY choicesChanged)
    Q_PROPERTY(bool withFaults MEMBER m_withFaults NOTIFY choicesChanged)
    Q_PROPERTY(QString keychainNote READ keychainNote NOTIFY keychainChanged)

public:
    explicit FirstRunModel(QObject* parent = nullptr);

    [[nodiscard]] bool hasDemo() const { return m_session && m_session->demo(); }
    [[nodiscard]] QVariantList demoResources() const;
    [[nodiscard]] QString keychainNote() const;

    /// Adds a connection for this address. Empty when it could; else what is wrong with it.
    Q_INVOKABLE QString connectTo(const QString& address);
    Q_INVOKABLE void setOn(int index, bool isOn);
    /// Starts the gateway and adds the chosen connections. Empty when it could; else the sentence.
    Q_INVOKABLE QString startDemo();

signals:
    void sessionChanged();
    void choicesChanged();
    void keychainChanged();

private:
    Session* m_session = nullptr;
    std::vector<std::string> m_off; ///< resources left out
    bool m_withFaults = true;
};

/// Starts the demo gateway and adds a temporary connection for each of its resources that is not left out.
/// Those that are there already are left as they are.
[[nodiscard]] Result<void> startDemo(Session& session, bool withFaults, const std::vector<std::string>& leftOut = {});

} // namespace wg::ui
