// SPDX-License-Identifier: GPL-3.0-or-later
// PayloadView: what an inspector shows of one payload: tree, raw lines, the clipboard, and what is left out.
// Shape:  the owner hands in bytes (or their beginning) and, where there are more, a way to fetch the rest.
// Limits: over limits::kPayloadWholeBytes only the first limits::kPayloadShownBytes are shown until loadAll(); outlines
//         of more than that are made on a pool thread.
// Thread: GUI thread.
#pragma once

#include "ui/json/json_tree.h"
#include "ui/json/raw_lines.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace wg::ui {

class PayloadView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an inspector")
    Q_PROPERTY(wg::ui::JsonTree* tree READ tree CONSTANT)
    Q_PROPERTY(wg::ui::RawLines* raw READ raw CONSTANT)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY changed)
    Q_PROPERTY(bool isLoading READ isLoading NOTIFY changed)
    Q_PROPERTY(bool isCut READ isCut NOTIFY changed)
    Q_PROPERTY(QString cutText READ cutText NOTIFY changed)         ///< First 256.0 kB of 11.5 MB
    Q_PROPERTY(QString loadAllText READ loadAllText NOTIFY changed) ///< Load all 11.5 MB
    Q_PROPERTY(QString problem READ problem NOTIFY changed)         ///< a sentence where it is not (all) JSON

public:
    using Fetch = std::function<std::string()>;

    explicit PayloadView(QObject* parent = nullptr);

    [[nodiscard]] JsonTree* tree() { return &m_tree; }
    [[nodiscard]] RawLines* raw() { return &m_raw; }
    [[nodiscard]] bool isEmpty() const { return !m_payload || m_payload->bytes.empty(); }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isCut() const { return m_payload && m_payload->isCut(); }
    [[nodiscard]] QString cutText() const;
    [[nodiscard]] QString loadAllText() const;
    [[nodiscard]] QString problem() const;

    /// bytes may be the beginning of totalBytes; fetch gives the whole when asked. isSuccessor: see JsonTree.
    void show(std::string bytes, std::size_t totalBytes, Fetch fetch = {}, bool isSuccessor = false);
    void clear();
    /// How many bytes to hand to show() at first.
    [[nodiscard]] static std::size_t shownBytes(std::size_t totalBytes);

    Q_INVOKABLE void loadAll();
    /// The bytes as received, all of them.
    Q_INVOKABLE void copyBytes() const;
    Q_INVOKABLE void copyText(const QString& text) const;

signals:
    void changed();

private:
    void apply(PayloadPtr payload, bool isSuccessor);
    void prepare(std::string bytes, std::size_t totalBytes, bool isSuccessor);

    JsonTree m_tree;
    RawLines m_raw;
    PayloadPtr m_payload;
    Fetch m_fetch;
    std::uint64_t m_generation = 0;
    bool m_isLoading = false;
};

} // namespace wg::ui
