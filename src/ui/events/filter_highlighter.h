// SPDX-License-Identifier: GPL-3.0-or-later
// FilterHighlighter: colours the words of a filter in a text edit and underlines the one that is wrong.
// Thread: GUI thread.
#pragma once

#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class FilterHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* target READ target WRITE setTarget NOTIFY targetChanged)
    Q_PROPERTY(int errorColumn READ errorColumn WRITE setErrorColumn NOTIFY errorColumnChanged) ///< in bytes from 1; 0 = none

public:
    explicit FilterHighlighter(QObject* parent = nullptr);

    [[nodiscard]] QQuickTextDocument* target() const { return m_target; }
    void setTarget(QQuickTextDocument* target);
    [[nodiscard]] int errorColumn() const { return m_errorColumn; }
    void setErrorColumn(int column);

signals:
    void targetChanged();
    void errorColumnChanged();

protected:
    void highlightBlock(const QString& text) override;

private:
    QQuickTextDocument* m_target = nullptr;
    int m_errorColumn = 0;
};

} // namespace wg::ui
