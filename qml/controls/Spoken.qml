// SPDX-License-Identifier: GPL-3.0-or-later
// Spoken: what a screen reader is told, put together from parts that may be empty.
pragma Singleton
import QtQml

QtObject {
    function joined(parts: var, separator: string): string {
        return parts.filter(part => part !== "").join(separator);
    }
}
