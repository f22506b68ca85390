// SPDX-License-Identifier: GPL-3.0-or-later
// OverviewModel: what the Overview shows: six key figures, six panels, the connections.
// Rules:  series are read once a second; each chart is fed in a turn of its own so that no frame waits for all of them;
//         nothing is read while the page is hidden; while the window is paused the charts stand still.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"
#include "ui/overview/chart_feeds.h"
#include "ui/overview/connections_model.h"
#include "ui/overview/kpi_tile.h"

#include <QTimer>

namespace wg::ui {

/// One of this process's own figures, with its line.
class OwnFigure : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by OverviewModel")
    Q_PROPERTY(QString title MEMBER title CONSTANT)
    Q_PROPERTY(QString value MEMBER value NOTIFY changed)
    Q_PROPERTY(QString rest MEMBER rest NOTIFY changed)
    Q_PROPERTY(wg::ui::Samples samples MEMBER samples NOTIFY changed)
public:
    OwnFigure(const QString& figureTitle, QObject* parent) : QObject(parent), title(figureTitle) {}
    QString title, value, rest;
    Samples samples;
signals:
    void changed();
};

class OverviewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(bool isActive READ isActive WRITE setActive NOTIFY activeChanged)
    /// Room for the legend of the stack; connections that do not fit are summed.
    Q_PROPERTY(double legendWidth MEMBER m_legendWidth NOTIFY activeChanged)
    Q_PROPERTY(double hoverWall MEMBER m_hoverWall NOTIFY hoverChanged) ///< time under the pointer on any chart; 0 = none
    Q_PROPERTY(bool isPaused READ isPaused NOTIFY pausedChanged)
    Q_PROPERTY(QString loadingText READ loadingText NOTIFY rangeChanged)
    Q_PROPERTY(bool hasWatches READ hasWatches NOTIFY watchesChanged)
    Q_PROPERTY(bool hasSeries READ hasSeries NOTIFY seriesChanged)
    Q_PROPERTY(QVariantList tiles READ tiles CONSTANT)
    Q_PROPERTY(QVariantList ownFigures READ ownFigures CONSTANT)
    Q_PROPERTY(wg::ui::ConnectionsModel* connections READ connections CONSTANT)
    Q_PROPERTY(wg::ui::ChartPicturePtr connectionsPicture MEMBER m_connectionsPicture NOTIFY connectionsFed)
    Q_PROPERTY(wg::ui::ChartPicturePtr ratesPicture MEMBER m_ratesPicture NOTIFY ratesFed)
    Q_PROPERTY(wg::ui::ChartPicturePtr latencyPicture MEMBER m_latencyPicture NOTIFY latencyFed)
    Q_PROPERTY(wg::ui::SizePicturePtr sizesPicture MEMBER m_sizesPicture NOTIFY sizesFed)
    Q_PROPERTY(wg::ui::LanesPicturePtr lanesPicture MEMBER m_lanesPicture NOTIFY lanesFed)
    Q_PROPERTY(QVariantList connectionsLegend MEMBER m_connectionsLegend NOTIFY connectionsFed)
    Q_PROPERTY(QVariantList ratesLegend MEMBER m_ratesLegend NOTIFY ratesFed)
    Q_PROPERTY(QVariantList latencyLegend MEMBER m_latencyLegend NOTIFY latencyFed)
    Q_PROPERTY(QVariantList sizesLegend MEMBER m_sizesLegend NOTIFY sizesFed)

public:
    explicit OverviewModel(QObject* parent = nullptr);

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void setActive(bool isActive);
    [[nodiscard]] bool isPaused() const { return m_session && m_session->shell()->isPaused(); }
    [[nodiscard]] QString loadingText() const;
    [[nodiscard]] bool hasWatches() const { return m_hasWatches; }
    [[nodiscard]] bool hasSeries() const { return m_series != nullptr && m_series->count > 0; }
    [[nodiscard]] QVariantList tiles() const;
    [[nodiscard]] QVariantList ownFigures() const;
    [[nodiscard]] ConnectionsModel* connections() { return &m_connections; }

    enum Chart { ConnectionsChart, RatesChart, LatencyChart };
    Q_ENUM(Chart)
    /// What a chart says at that time, for the crosshair's tooltip: { clock, note, rows: legend entries }.
    Q_INVOKABLE [[nodiscard]] QVariantMap readingAt(int chart, double wall);
    Q_INVOKABLE void retry(int watchId);
    Q_INVOKABLE void resync(int watchId);

signals:
    void sessionChanged();
    void activeChanged();
    void hoverChanged();
    void pausedChanged();
    void rangeChanged();
    void watchesChanged();
    void seriesChanged();
    void connectionsFed();
    void ratesFed();
    void latencyFed();
    void sizesFed();
    void lanesFed();

private:
    void readPublication();
    void readSeries();
    void feedNext();
    void feedOwn();
    [[nodiscard]] std::optional<std::size_t> bucketAt(double wall) const;
    [[nodiscard]] QVariantList connectionsAt(std::size_t bucket) const;
    [[nodiscard]] QVariantList ratesAt(std::size_t bucket);
    [[nodiscard]] QVariantList latencyAt(std::size_t bucket) const;

    Session* m_session = nullptr;
    ConnectionsModel m_connections{this};
    std::vector<KpiTile*> m_tiles;
    std::vector<OwnFigure*> m_own;
    ChartFeeds m_feeds;
    std::shared_ptr<const engine::SeriesFrame> m_series; ///< as drawn
    ChartPicturePtr m_connectionsPicture, m_ratesPicture, m_latencyPicture;
    SizePicturePtr m_sizesPicture;
    LanesPicturePtr m_lanesPicture;
    QVariantList m_connectionsLegend, m_ratesLegend, m_latencyLegend, m_sizesLegend;
    QTimer m_turn;
    int m_nextFeed = 0;
    double m_legendWidth = 400, m_hoverWall = 0;
    std::int64_t m_tilesSecond = -1;
    bool m_isActive = true, m_hasWatches = false;
};

} // namespace wg::ui
