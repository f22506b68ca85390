// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/filter_highlighter.h"

#include "filter/lexer.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace wg::ui {

namespace {

QColor colorOf(const filter::Token& token)
{
    const Theme& theme = *Theme::instance();
    switch (token.kind) {
    case filter::TokenKind::Name:
        return token.text == "true" || token.text == "false" ? theme.syntaxBoolean
            : token.text == "null"                            ? theme.syntaxNull
                                                              : theme.syntaxField;
    case filter::TokenKind::Pointer:
    case filter::TokenKind::Dot: return theme.syntaxField;
    case filter::TokenKind::Text: return theme.syntaxString;
    case filter::TokenKind::Number: return theme.syntaxNumber;
    case filter::TokenKind::Bad: return theme.syntaxError;
    case filter::TokenKind::Open:
    case filter::TokenKind::Close:
    case filter::TokenKind::SetOpen:
    case filter::TokenKind::SetClose:
    case filter::TokenKind::IndexOpen:
    case filter::TokenKind::IndexClose:
    case filter::TokenKind::Comma: return theme.syntaxPunctuation;
    default: return theme.syntaxOperator;
    }
}

} // namespace

FilterHighlighter::FilterHighlighter(QObject* parent) : QSyntaxHighlighter(parent)
{
    connect(Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void FilterHighlighter::setTarget(QQuickTextDocument* target)
{
    if (m_target == target)
        return;
    m_target = target;
    setDocument(target ? target->textDocument() : nullptr);
    emit targetChanged();
}

void FilterHighlighter::setErrorColumn(int column)
{
    if (m_errorColumn == column)
        return;
    m_errorColumn = column;
    rehighlight();
    emit errorColumnChanged();
}

void FilterHighlighter::highlightBlock(const QString& text)
{
    const std::string utf8 = text.toStdString();
    const auto characters = [&](std::size_t bytes) {
        return static_cast<int>(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(std::min(bytes, utf8.size()))).size());
    };
    filter::Lexer lexer(utf8);
    std::size_t errorAt = m_errorColumn > 0 ? static_cast<std::size_t>(m_errorColumn - 1) : std::string::npos;
    for (;;) {
        const filter::Token token = lexer.next();
        if (token.kind == filter::TokenKind::End)
            break;
        // A Text token's text lacks its quotes; colour them too.
        const std::size_t length = token.text.size() + (token.kind == filter::TokenKind::Text ? 2 : 0);
        const std::size_t end = token.kind == filter::TokenKind::Bad ? utf8.size() : token.at + length;
        QTextCharFormat format;
        format.setForeground(colorOf(token));
        if (errorAt >= token.at && errorAt < end) {
            format.setForeground(Theme::instance()->syntaxError);
            format.setFontUnderline(true);
        }
        setFormat(characters(token.at), characters(end) - characters(token.at), format);
        if (token.kind == filter::TokenKind::Bad)
            break;
    }
}

} // namespace wg::ui
