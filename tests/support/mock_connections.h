// SPDX-License-Identifier: GPL-3.0-or-later
// addMockConnections: the connections of the mock-ups, so that their watches get the ids of mockPublication.
#pragma once

#include "ui/subscriptions/watch_book.h"

namespace wg::test {

void addMockConnections(ui::WatchBook& book);

} // namespace wg::test
