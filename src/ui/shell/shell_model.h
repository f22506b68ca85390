// SPDX-License-Identifier: GPL-3.0-or-later
// ShellModel: what the frame round the pages is set to: page, time range, live or paused, and the notices shown.
// Rules:  a chosen theme, scale and range are kept in the PreferenceStore.
// Thread: GUI thread.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <array>

namespace wg::ui {

class PreferenceStore;

class ShellModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Session")
    Q_PROPERTY(QString page READ page WRITE setPage NOTIFY pageChanged)
    Q_PROPERTY(int rangeIndex READ rangeIndex WRITE setRangeIndex NOTIFY rangeChanged)
    Q_PROPERTY(double rangeS READ rangeS NOTIFY rangeChanged)
    Q_PROPERTY(QStringList rangeNames READ rangeNames CONSTANT)
    Q_PROPERTY(QString rangeName READ rangeName NOTIFY rangeChanged)
    Q_PROPERTY(bool isPaused READ isPaused WRITE setPaused NOTIFY pausedChanged)
    Q_PROPERTY(QString connectionFilter READ connectionFilter WRITE setConnectionFilter NOTIFY connectionFilterChanged)
    Q_PROPERTY(QString themeName READ themeName NOTIFY themeChanged)

public:
    static const QStringList& pages(); ///< overview, events, resources, subscriptions: rail order

    explicit ShellModel(PreferenceStore* preferences, QObject* parent = nullptr);

    [[nodiscard]] const QString& page() const { return m_page; }
    /// An unknown name changes nothing.
    void setPage(const QString& page);
    Q_INVOKABLE void showPage(int index);
    [[nodiscard]] int rangeIndex() const { return m_rangeIndex; }
    void setRangeIndex(int index);
    [[nodiscard]] double rangeS() const;
    [[nodiscard]] QStringList rangeNames() const;
    [[nodiscard]] QString rangeName() const { return rangeNames().at(m_rangeIndex); }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void setPaused(bool isPaused);
    [[nodiscard]] const QString& connectionFilter() const { return m_connectionFilter; }
    void setConnectionFilter(const QString& filter);
    [[nodiscard]] QString themeName() const;

    /// True if the page of this file is part of the program: the rail shows no other.
    Q_INVOKABLE [[nodiscard]] bool isBuilt(const QString& file) const;
    Q_INVOKABLE void cycleTheme();
    Q_INVOKABLE void stepScale(int direction);
    /// Shows a sentence at the bottom right. severity is a name of the tokens' severity table.
    Q_INVOKABLE void notify(const QString& severity, const QString& sentence);
    /// Opens the Resources page on one key of a watch; the page reads wantedWatch and wantedKey.
    void showResource(int watch, const QString& key);
    [[nodiscard]] int wantedWatch() const { return m_wantedWatch; }
    [[nodiscard]] const QString& wantedKey() const { return m_wantedKey; }
    /// Opens the Events page on a display filter; the page reads wantedFilter.
    void showEvents(const QString& filter);
    [[nodiscard]] const QString& wantedFilter() const { return m_wantedFilter; }
    /// The first run asks for a URL: Ctrl N from any page.
    Q_INVOKABLE void askConnect() { emit connectAsked(); }
    /// / puts the cursor into the filter or search of the page on screen.
    Q_INVOKABLE void askFilter() { emit filterAsked(); }

signals:
    void pageChanged();
    void rangeChanged();
    void pausedChanged();
    void connectionFilterChanged();
    void themeChanged();
    void noticed(const QString& severity, const QString& sentence);
    void connectAsked();
    void resourceAsked();
    void filterAsked();
    void eventsAsked();

private:
    void keep(const QString& name, const QString& value);

    PreferenceStore* m_preferences;
    QString m_page = QStringLiteral("overview");
    QString m_connectionFilter;
    QString m_wantedKey, m_wantedFilter;
    int m_wantedWatch = 0;
    int m_rangeIndex = 1;
    bool m_isPaused = false;
};

} // namespace wg::ui
