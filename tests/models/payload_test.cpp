// SPDX-License-Identifier: GPL-3.0-or-later
// Tree, raw lines and the view that joins them.
#include "printing.h"
#include "base/limits.h"
#include "ui/json/payload_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;

namespace {

PayloadPtr payloadOf(std::string text)
{
    const std::size_t size = text.size();
    return Payload::of(std::move(text), size);
}

QString cell(const QAbstractItemModel& model, int row, int role)
{
    return model.data(model.index(row, 0), role).toString();
}

QStringList rowsOf(const JsonTree& tree)
{
    QStringList rows;
    for (int i = 0; i < tree.count(); ++i)
        rows.append(QString(tree.data(tree.index(i), JsonTree::DepthRole).toInt(), u' ') + cell(tree, i, JsonTree::KeyTextRole)
                    + u'=' + cell(tree, i, JsonTree::ValueTextRole));
    return rows;
}

int markAt(const JsonTree& tree, int row)
{
    return tree.data(tree.index(row), JsonTree::MarkRole).toInt();
}

} // namespace

TEST(JsonTree, ShowsMembersWithoutTheRootAndKeepsNumbersAsWritten)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    tree.setPayload(payloadOf(R"({"total":128.40,"big":123456789012345678901234567890,"items":[{"sku":"A"}]})"), false);
    EXPECT_EQ(rowsOf(tree), QStringList({"total=128.40", "big=123456789012345678901234567890", "items=[1]", " 0={1}", "  sku=\"A\""}));
}

TEST(JsonTree, OpensAndClosesOneRowAtATime)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    tree.setPayload(payloadOf(R"({"a":{"b":{"c":1}},"z":0})"), false);
    const int all = tree.count();
    EXPECT_TRUE(tree.setOpen(0, false));
    EXPECT_EQ(rowsOf(tree), QStringList({"a={1}", "z=0"}));
    EXPECT_FALSE(tree.setOpen(0, false));
    EXPECT_FALSE(tree.setOpen(1, true));
    EXPECT_TRUE(tree.setOpen(0, true));
    EXPECT_EQ(tree.count(), all);
    EXPECT_EQ(tree.parentRow(1), 0);
    EXPECT_EQ(tree.parentRow(0), -1);
}

TEST(JsonTree, WhatWasClosedStaysClosedInTheNextPayload)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    tree.setPayload(payloadOf(R"({"a":{"b":1},"n":1})"), false);
    tree.setOpen(0, false);
    tree.setPayload(payloadOf(R"({"n":2,"a":{"b":7}})"), false);
    EXPECT_EQ(rowsOf(tree), QStringList({"n=2", "a={1}"}));
}

TEST(JsonTree, MarksWhatChangedBetweenTwoStatesOfAnObject)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    tree.setPayload(payloadOf(R"({"status":"packed","total":1})"), false);
    EXPECT_EQ(markAt(tree, 0), static_cast<int>(JsonTree::Mark::None));
    tree.setPayload(payloadOf(R"({"status":"shipped","total":1,"carrier":"DHL"})"), true);
    EXPECT_EQ(markAt(tree, 0), static_cast<int>(JsonTree::Mark::Changed));
    EXPECT_EQ(markAt(tree, 1), static_cast<int>(JsonTree::Mark::None));
    EXPECT_EQ(markAt(tree, 2), static_cast<int>(JsonTree::Mark::Added));
}

TEST(JsonTree, MarksTheFieldsOfAChange)
{
    JsonTree tree;
    tree.setPayload(payloadOf(R"({"id":"a","changes":{"status":"held"}})"), false);
    EXPECT_EQ(markAt(tree, 0), static_cast<int>(JsonTree::Mark::None));
    EXPECT_EQ(markAt(tree, 2), static_cast<int>(JsonTree::Mark::Changed));
}

TEST(JsonTree, FindsKeysAndValuesAndOpensTheWay)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    tree.setPayload(payloadOf(R"({"a":{"b":{"Sku":"X-1"}},"list":["needle","x"]})"), false);
    tree.collapseAll();
    EXPECT_EQ(tree.count(), 2);
    const int key = tree.find("sku", -1, true);
    ASSERT_GE(key, 0);
    EXPECT_EQ(cell(tree, key, JsonTree::ValueTextRole), "\"X-1\"");
    EXPECT_EQ(tree.pathAt(key), "a.b.Sku");
    const int value = tree.find("NEEDLE", key, true);
    ASSERT_GE(value, 0);
    EXPECT_EQ(tree.pathAt(value), "list[0]");
    EXPECT_EQ(tree.valueAt(value), "needle");
    EXPECT_EQ(tree.find("nowhere", value, true), -1);
}

TEST(JsonTree, HostileTextsAreShownPlainCutAndBounded)
{
    JsonTree tree;
    const QAbstractItemModelTester tester(&tree);
    const std::string key(1'000'000, 'k');
    tree.setPayload(payloadOf("{\"" + key + "\":\"<img src=http://x>\",\"\xE2\x80\xAE" "evil\":\"\xFF\",\"<b>\":\"" + std::string(2'000'000, 'v') + "\"}"), false);
    ASSERT_EQ(tree.count(), 3);
    EXPECT_LE(cell(tree, 0, JsonTree::KeyTextRole).size(), 201);
    EXPECT_EQ(cell(tree, 0, JsonTree::ValueTextRole), "\"<img src=http://x>\"");
    EXPECT_EQ(cell(tree, 1, JsonTree::KeyTextRole), "\\u202eevil");
    EXPECT_EQ(cell(tree, 1, JsonTree::ValueTextRole), QStringLiteral("\"\uFFFD\""));
    EXPECT_LE(cell(tree, 2, JsonTree::ValueTextRole).size(), 501);
}

TEST(JsonTree, TenThousandLevelsOpenOneByOneAndIndentStops)
{
    constexpr int kDepth = 10'000;
    JsonTree tree;
    tree.setPayload(payloadOf(std::string(kDepth, '[') + "7" + std::string(kDepth, ']')), false);
    const int found = tree.find("7", -1, true);
    ASSERT_EQ(found, kDepth - 1);
    EXPECT_LE(tree.data(tree.index(found), JsonTree::DepthRole).toInt(), 40);
}

TEST(RawLines, LaysOutOneValueALineWithTheBytesOfEveryToken)
{
    RawLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setPayload(payloadOf(R"({"a":[1,{}],"b":9.90})"));
    QStringList texts;
    for (int i = 0; i < lines.count(); ++i)
        texts.append(QString(lines.data(lines.index(i, 0), RawLines::IndentRole).toInt(), u' ') + cell(lines, i, RawLines::KeyTextRole)
                     + cell(lines, i, RawLines::ValueTextRole) + cell(lines, i, RawLines::TailRole));
    EXPECT_EQ(texts, QStringList({"{", " \"a\"[", "  1,", "  {}", " ],", " \"b\"9.90", "}"}));
    EXPECT_EQ(lines.lastNumber(), 7);
}

TEST(RawLines, AsReceivedKeepsLinesAndContinuesLongOnesWithoutANumber)
{
    RawLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setPayload(payloadOf("first\r\n" + std::string(5000, 'x') + "\n\nlast"));
    EXPECT_FALSE(lines.canLayOut());
    ASSERT_EQ(lines.count(), 6);
    EXPECT_EQ(cell(lines, 0, RawLines::ValueTextRole), "first");
    EXPECT_EQ(cell(lines, 1, RawLines::NumberRole), "2");
    EXPECT_EQ(cell(lines, 2, RawLines::NumberRole), "");
    EXPECT_EQ(cell(lines, 4, RawLines::NumberRole), "3");
    EXPECT_EQ(cell(lines, 5, RawLines::ValueTextRole), "last");
}

TEST(RawLines, ACutTextHasNoClosingBracketsOfItsOwn)
{
    RawLines lines;
    lines.setPayload(Payload::of(R"({"a":[1,2)", 1'000));
    ASSERT_TRUE(lines.isLaidOut());
    EXPECT_EQ(cell(lines, lines.count() - 1, RawLines::ValueTextRole), "2");
}

TEST(PayloadView, ALargePayloadShowsItsBeginningUntilAllIsAskedFor)
{
    std::string whole = "[";
    while (whole.size() < 2'000'000)
        whole += "\"some text\",";
    whole += "0]";
    PayloadView view;
    view.show(whole.substr(0, PayloadView::shownBytes(whole.size())), whole.size(), [&] { return whole; });
    EXPECT_TRUE(view.isCut());
    EXPECT_EQ(view.cutText(), "First 256.0 kB of 2.0 MB");
    EXPECT_TRUE(view.problem().isEmpty());
    const int rowsBefore = view.raw()->count();
    QSignalSpy spy(&view, &PayloadView::changed);
    view.loadAll();
    EXPECT_TRUE(view.isLoading());
    for (int tries = 0; view.isLoading() && tries < 100; ++tries)
        spy.wait(100);
    EXPECT_FALSE(view.isCut());
    EXPECT_GT(view.raw()->count(), rowsBefore);
}

TEST(PayloadView, CopyingGivesTheBytesAsReceived)
{
    PayloadView view;
    const std::string bytes = "{ \"b\" : 1.10,\n \"a\":2}";
    view.show(bytes, bytes.size());
    view.copyBytes();
    EXPECT_EQ(QGuiApplication::clipboard()->text().toStdString(), bytes);
}

TEST(PayloadView, ABrokenPayloadSaysWhereAndShowsTheRest)
{
    PayloadView view;
    view.show("{\"a\":1,", 7);
    EXPECT_EQ(view.problem(), "Not JSON at byte 8: expected a name in double quotes, found the end.");
    EXPECT_EQ(view.tree()->count(), 1);
    EXPECT_FALSE(view.raw()->canLayOut());
}
