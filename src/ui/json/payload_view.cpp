// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/json/payload_view.h"

#include "base/limits.h"
#include "ui/text/figures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QThreadPool>

namespace wg::ui {

PayloadView::PayloadView(QObject* parent) : QObject(parent) {}

std::size_t PayloadView::shownBytes(std::size_t totalBytes)
{
    return totalBytes > limits::kPayloadWholeBytes ? limits::kPayloadShownBytes : totalBytes;
}

QString PayloadView::cutText() const
{
    if (!isCut())
        return {};
    return QStringLiteral("First %1 of %2").arg(sizeText(m_payload->bytes.size()), sizeText(m_payload->totalBytes));
}

QString PayloadView::loadAllText() const
{
    return isCut() ? QStringLiteral("Load all %1").arg(sizeText(m_payload->totalBytes)) : QString();
}

QString PayloadView::problem() const
{
    return m_payload && !m_payload->bytes.empty() ? QString::fromStdString(m_payload->outline.broken()) : QString();
}

void PayloadView::show(std::string bytes, std::size_t totalBytes, Fetch fetch, bool isSuccessor)
{
    m_fetch = std::move(fetch);
    prepare(std::move(bytes), totalBytes, isSuccessor);
}

void PayloadView::clear()
{
    ++m_generation;
    m_fetch = {};
    m_isLoading = false;
    apply({}, false);
}

void PayloadView::prepare(std::string bytes, std::size_t totalBytes, bool isSuccessor)
{
    const std::uint64_t generation = ++m_generation;
    if (bytes.size() <= limits::kPayloadWholeBytes) {
        m_isLoading = false;
        apply(Payload::of(std::move(bytes), totalBytes), isSuccessor);
        return;
    }
    m_isLoading = true;
    emit changed();
    QThreadPool::globalInstance()->start(
        [self = QPointer<PayloadView>(this), bytes = std::move(bytes), totalBytes, generation, isSuccessor]() mutable {
            PayloadPtr payload = Payload::of(std::move(bytes), totalBytes);
            QMetaObject::invokeMethod(QCoreApplication::instance(), [self, payload, generation, isSuccessor] {
                if (!self || self->m_generation != generation)
                    return;
                self->m_isLoading = false;
                self->apply(payload, isSuccessor);
            });
        });
}

void PayloadView::apply(PayloadPtr payload, bool isSuccessor)
{
    m_payload = std::move(payload);
    m_tree.setPayload(m_payload, isSuccessor);
    m_raw.setPayload(m_payload);
    emit changed();
}

void PayloadView::loadAll()
{
    if (!isCut() || !m_fetch)
        return;
    std::string bytes = m_fetch();
    if (bytes.size() <= m_payload->bytes.size())
        return;
    const std::size_t total = bytes.size();
    prepare(std::move(bytes), total, false);
}

void PayloadView::copyBytes() const
{
    if (!m_payload)
        return;
    const std::string whole = isCut() && m_fetch ? m_fetch() : m_payload->bytes;
    copyText(QString::fromUtf8(whole.data(), static_cast<qsizetype>(whole.size())));
}

void PayloadView::copyText(const QString& text) const
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace wg::ui
