// SPDX-License-Identifier: GPL-3.0-or-later
// Secret: text that cannot be printed, compared by accident or copied by accident, and is wiped when it goes.
// Thread: owned by one thread; move only. clone() and reveal() are the two named ways out.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wg {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) : m_text(text) {}
    ~Secret() { wipe(); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : m_text(other.m_text) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            wipe();
            m_text = other.m_text;
            other.wipe();
        }
        return *this;
    }

    [[nodiscard]] Secret clone() const { return Secret(m_text); }
    /// The text itself, for the moment in which it goes onto a wire or into a keychain.
    [[nodiscard]] std::string_view reveal() const noexcept { return m_text; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_text.empty(); }
    void wipe() noexcept
    {
        volatile char* p = m_text.data();
        for (std::size_t i = 0; i < m_text.size(); ++i)
            p[i] = 0;
        m_text.clear();
    }

private:
    std::string m_text;
};

} // namespace wg
