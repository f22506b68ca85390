// SPDX-License-Identifier: GPL-3.0-or-later
// HealthModel: the figures of the status bar and of the top bar's health summary, as text.
// Rules:  figures change once a second, states at once; a bar of memory turns amber when the oldest events are going.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class HealthModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Session")
    Q_PROPERTY(QString liveOfTotal MEMBER m_liveOfTotal NOTIFY changed)
    Q_PROPERTY(QString liveState MEMBER m_liveState NOTIFY changed) ///< live, stale or closed: shape of the first segment
    Q_PROPERTY(int watchCount MEMBER m_watchCount NOTIFY changed)
    Q_PROPERTY(QString rate MEMBER m_rate NOTIFY changed)
    Q_PROPERTY(QString p95 MEMBER m_p95 NOTIFY changed)
    Q_PROPERTY(QString p95Unit MEMBER m_p95Unit NOTIFY changed)
    Q_PROPERTY(QString gapsAndResyncs MEMBER m_gapsAndResyncs NOTIFY changed)
    Q_PROPERTY(bool hasGaps MEMBER m_hasGaps NOTIFY changed)
    Q_PROPERTY(QString events MEMBER m_events NOTIFY changed)
    Q_PROPERTY(double memoryShare MEMBER m_memoryShare NOTIFY changed)
    Q_PROPERTY(QString memory MEMBER m_memory NOTIFY changed)
    Q_PROPERTY(QString evictedNote MEMBER m_evictedNote NOTIFY changed) ///< empty while nothing was evicted
    Q_PROPERTY(QVariantList states READ states NOTIFY statesChanged)    ///< [{state, text}], live first, at most four
    Q_PROPERTY(QString clock MEMBER m_clock NOTIFY clockChanged)
    Q_PROPERTY(QString rangeClock READ rangeClock NOTIFY clockChanged)
    Q_PROPERTY(QString keychainState MEMBER m_keychainState NOTIFY keychainChanged) ///< unlocked, locked, memory, unknown
    Q_PROPERTY(QString keychainText MEMBER m_keychainText NOTIFY keychainChanged)
    Q_PROPERTY(QString busyNote READ busyNote NOTIFY clockChanged) ///< the longest block of the GUI thread

public:
    explicit HealthModel(QObject* parent = nullptr);

    void read(const engine::Publication& publication);
    void setRangeS(double rangeS);
    /// Where the charts begin: later than the range where the process is younger than it.
    void setSeriesBegin(double wall) { m_seriesBegin = wall; }
    void setKeychain(const QString& state, const QString& text);
    [[nodiscard]] QVariantList states() const { return m_states; }
    [[nodiscard]] QString rangeClock() const;
    [[nodiscard]] QString busyNote() const;

signals:
    void changed();
    void statesChanged();
    void clockChanged();
    void keychainChanged();

private:
    void readFigures(const engine::Publication& publication);
    void readStates(const engine::Publication& publication);
    void readClock();

    QString m_liveOfTotal, m_liveState, m_rate, m_p95, m_p95Unit, m_gapsAndResyncs, m_events, m_memory, m_evictedNote;
    QString m_clock, m_keychainState, m_keychainText;
    QVariantList m_states;
    double m_memoryShare = 0, m_rangeS = 900, m_seriesBegin = 0;
    int m_watchCount = 0;
    bool m_hasGaps = false;
    std::int64_t m_shownSecond = -1;
    unsigned m_shownLive = 0, m_shownWatches = 0;
};

} // namespace wg::ui
