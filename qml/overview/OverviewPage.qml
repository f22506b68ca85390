// SPDX-License-Identifier: GPL-3.0-or-later
// Overview: key figures, charts and connections; the first run while nothing is watched.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
}
