// SPDX-License-Identifier: GPL-3.0-or-later
// KpiTile: one of the six key figures of the Overview: value, unit, a line of words and what its sparkline draws.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"
#include "ui/charts/samples.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace wg::ui {

class KpiTile : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by OverviewModel")
    Q_PROPERTY(QString title MEMBER title CONSTANT)
    Q_PROPERTY(QString value MEMBER value NOTIFY changed)
    Q_PROPERTY(QString unit MEMBER unit NOTIFY changed)
    Q_PROPERTY(QString lead MEMBER lead NOTIFY changed)         ///< loud start of the note: "▲ 6.1 %"
    Q_PROPERTY(QString note MEMBER note NOTIFY changed)
    Q_PROPERTY(QString severity MEMBER severity NOTIFY changed) ///< empty, or a name of the severity table
    Q_PROPERTY(wg::ui::Samples samples MEMBER samples NOTIFY changed)
    Q_PROPERTY(QString tickHue MEMBER tickHue CONSTANT)         ///< empty: a line; else ticks of that hue
    Q_PROPERTY(bool hasArea MEMBER hasArea CONSTANT)

public:
    KpiTile(const QString& tileTitle, const QString& hueOfTicks, bool isAreaDrawn, QObject* parent)
        : QObject(parent), title(tileTitle), tickHue(hueOfTicks), hasArea(isAreaDrawn)
    {
    }
    QString title, value, unit, lead, note, severity, tickHue;
    Samples samples;
    bool hasArea = false;

signals:
    void changed();
};

/// The six tiles in their order, empty.
[[nodiscard]] std::vector<KpiTile*> makeKpiTiles(QObject* parent);
/// Fills them. series may be null while there is none.
void fillKpiTiles(const std::vector<KpiTile*>& tiles, const engine::Publication& publication,
                  const std::shared_ptr<const engine::SeriesFrame>& series, const QString& rangeName);

} // namespace wg::ui
