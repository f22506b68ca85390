// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mock_connections.h"

namespace wg::test {

namespace {
struct Mock { const char *group, *name, *url, *path; };
constexpr Mock kMocks[] = {
    {"Orders", "orders-eu", "wss://orders.eu.example.com", "/v2/orders/watch"},
    {"Market data", "ticks-nyse", "wss://stream.ticks.example.net", "/v1/quotes"},
    {"Market data", "ticks-fx", "https://stream.ticks.example.net", "/v1/fx"},
    {"", "billing-hooks", "wss://billing.example.com", "/v1/events"},
    {"Orders", "orders-us", "wss://orders.us.example.com", "/v2/orders/watch"},
    {"Sensors", "sensors-cold", "https://cold.sensors.example.io", "/v3/poll"},
    {"Kubernetes", "pods-prod", "https://k8s-prod.example.internal:6443", "/api/v1/pods"},
    {"Sensors", "sensors-plant-a", "https://plant-a.sensors.example.io", "/v3/stream?site=a"},
    {"Sensors", "sensors-plant-b", "https://plant-b.sensors.example.io", "/v3/stream?site=b"},
    {"Kubernetes", "pods-stage", "https://k8s-stage.example.internal:6443", "/api/v1/pods"},
    {"Kubernetes", "deploys-prod", "https://k8s-prod.example.internal:6443", "/apis/apps/v1/deployments"},
    {"", "inventory-dev", "wss://inventory.dev.example.com", "/v1/watch"},
};
} // namespace

void addMockConnections(ui::WatchBook& book)
{
    for (const Mock& mock : kMocks) {
        engine::ConnectionSpec connection;
        connection.name = mock.name;
        connection.group = mock.group;
        connection.url = mock.url;
        engine::RouteSpec route;
        route.path = mock.path;
        (void)book.addConnection(std::move(connection), {std::move(route)});
    }
    engine::RouteSpec trades;
    trades.connectionId = book.connections()[1].id;
    trades.path = "/v1/trades";
    trades.isEnabled = false;
    (void)book.addRoute(std::move(trades));
}

} // namespace wg::test
