// SPDX-License-Identifier: GPL-3.0-or-later
// PaddedBuffer: growing bytes that always have kPadding readable bytes after their end, as the JSON reader wants.
// HeldText: a view that can be turned into a copy of its own when the bytes below it are about to go away.
// Limits: the caller checks sizes before it appends. Storage above kKeptBytes is given back on clear().
// Cost:   no allocation once the capacity has been reached.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace wg::codec
{

inline constexpr std::size_t kPadding = 64;

class PaddedBuffer
{
public:
    PaddedBuffer() = default;
    PaddedBuffer(PaddedBuffer&& other) noexcept
        : m_bytes(std::move(other.m_bytes))
        , m_size(std::exchange(other.m_size, 0))
        , m_capacity(std::exchange(other.m_capacity, 0))
    {
    }
    PaddedBuffer& operator=(PaddedBuffer&& other) noexcept
    {
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        return *this;
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_size == 0; }
    [[nodiscard]] std::string_view view() const noexcept { return {m_bytes ? m_bytes.get() : kNothing, m_size}; }
    [[nodiscard]] char* bytes() noexcept { return m_bytes.get(); }

    void clear() noexcept
    {
        m_size = 0;
        if (m_capacity > kKeptBytes) {
            m_bytes.reset();
            m_capacity = 0;
        }
    }
    void append(std::string_view text)
    {
        if (text.empty())
            return;
        reserve(m_size + text.size());
        std::memcpy(m_bytes.get() + m_size, text.data(), text.size());
        m_size += text.size();
    }
    void append(char c)
    {
        reserve(m_size + 1);
        m_bytes[m_size++] = c;
    }
    void reserve(std::size_t wanted)
    {
        if (wanted > m_capacity)
            grow(wanted);
    }

private:
    static constexpr std::size_t kFirstBytes = 512;
    static constexpr std::size_t kKeptBytes = std::size_t{1} << 20;
    static constexpr char kNothing[kPadding] = {};

    void grow(std::size_t wanted)
    {
        std::size_t capacity = m_capacity ? m_capacity : kFirstBytes;
        while (capacity < wanted)
            capacity *= 2;
        auto bytes = std::make_unique<char[]>(capacity + kPadding);
        if (m_size)
            std::memcpy(bytes.get(), m_bytes.get(), m_size);
        m_bytes = std::move(bytes);
        m_capacity = capacity;
    }

    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

class HeldText
{
public:
    [[nodiscard]] std::string_view view() const noexcept { return m_isOwned ? m_own.view() : m_view; }
    [[nodiscard]] bool isOwned() const noexcept { return m_isOwned; }

    void clear() noexcept
    {
        m_view = {};
        if (m_isOwned)
            m_own.clear();
        m_isOwned = false;
    }
    /// Borrows: the bytes must stay until hold() or clear().
    void borrow(std::string_view text) noexcept
    {
        clear();
        m_view = text;
    }
    /// Makes the text its own, so that the borrowed bytes may go.
    void hold()
    {
        if (m_isOwned)
            return;
        m_own.clear();
        m_own.append(m_view);
        m_isOwned = true;
    }
    /// The buffer to append to; holds first.
    [[nodiscard]] PaddedBuffer& own()
    {
        hold();
        return m_own;
    }

private:
    std::string_view m_view;
    PaddedBuffer m_own;
    bool m_isOwned = false;
};

} // namespace wg::codec
