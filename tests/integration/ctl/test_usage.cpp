// SPDX-License-Identifier: GPL-3.0-or-later
// What watchglassctl says to bad usage: exit code 2, a sentence that names the culprit, nothing on standard output.
#include "support/process.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace {

using namespace wg::test;

struct BadUsage {
    QStringList arguments;
    const char* says;
};

class Usage : public ::testing::TestWithParam<BadUsage> {};

TEST_P(Usage, IsRefusedWithASentenceAndCode2)
{
    const Finished done = ctl(GetParam().arguments);
    EXPECT_EQ(done.code, 2) << done.err;
    EXPECT_EQ(done.out, "");
    EXPECT_NE(done.err.find(GetParam().says), std::string::npos) << done.err;
    EXPECT_EQ(done.err.find("s3cret"), std::string::npos) << done.err;
}

const QString kUrl = "http://127.0.0.1:1/v1/orders";

INSTANTIATE_TEST_SUITE_P(
    All, Usage,
    ::testing::Values(
        BadUsage{{}, "No command"}, BadUsage{{"dance"}, "no command \"dance\""}, BadUsage{{"tail"}, "wants one URL"},
        BadUsage{{"state", kUrl, kUrl}, "wants one URL"}, BadUsage{{"state", "nonsense"}, "the scheme is missing"},
        BadUsage{{"state", "ftp://host/x"}, "\"ftp\""}, BadUsage{{"state", "http://host:99999/x"}, "99999"},
        BadUsage{{"state", "http:///x"}, "the host is missing"}, BadUsage{{"state", "https://ann:s3cret@host/x"}, "password"},
        BadUsage{{"state", kUrl, "--dance"}, "--dance"}, BadUsage{{"state", kUrl, "--transport", "smoke"}, "smoke"},
        BadUsage{{"state", kUrl, "--transport"}, "wants a value"}, BadUsage{{"state", kUrl, "--max-time", "soon"}, "--max-time"},
        BadUsage{{"state", kUrl, "--max-time", "-3s"}, "--max-time"}, BadUsage{{"state", kUrl, "--quiet-after", "0"}, "--quiet-after"},
        BadUsage{{"tail", kUrl, "--count", "0"}, "--count"}, BadUsage{{"tail", kUrl, "--count", "many"}, "--count"},
        BadUsage{{"tail", kUrl, "--format", "xml"}, "xml"}, BadUsage{{"tail", kUrl, "--filter", "price >"}, "Column 8"},
        BadUsage{{"state", kUrl, "--until-version", "x"}, "--until-version"}, BadUsage{{"state", kUrl, "--heartbeat", "999"}, "--heartbeat"},
        BadUsage{{"state", kUrl, "--header", "no colon"}, "--header"}, BadUsage{{"state", kUrl, "--header", "A: b\nc: d"}, "control character"},
        BadUsage{{"state", kUrl, "--proxy", "http://ann:s3cret@proxy"}, "proxy"}, BadUsage{{"state", kUrl, "--pin", "abc"}, "pin"},
        BadUsage{{"state", kUrl, "--ca", "/nowhere.pem"}, "/nowhere.pem"}, BadUsage{{"state", kUrl, "--cert", "/c.pem"}, "certificate"},
        BadUsage{{"state", kUrl, "--token-file", "/nowhere"}, "/nowhere"}, BadUsage{{"state", kUrl, "--token-env", "WG_NOT_SET"}, "WG_NOT_SET"},
        BadUsage{{"state", kUrl, "--token", "a b"}, "token"}, BadUsage{{"decode"}, "--format"}, BadUsage{{"decode", "--format", "xml"}, "xml"},
        BadUsage{{"filter"}, "expression"}, BadUsage{{"filter", "a ==="}, "Column"}, BadUsage{{"filter", "price > 1", "/nowhere"}, "/nowhere"},
        BadUsage{{"keychain"}, "set, get, delete, list"}, BadUsage{{"keychain", "get"}, "one name"},
        BadUsage{{"keychain", "set", "a\nb", "--token-env", "HOME"}, "control characters"}));

TEST(Help, EveryCommandAnswersWithAnExample)
{
    for (const char* command : {"tail", "state", "decode", "filter", "keychain"}) {
        const Finished done = ctl({command, "--help"});
        EXPECT_EQ(done.code, 0);
        EXPECT_NE(done.out.find(std::string("Example: watchglassctl ") + command), std::string::npos) << done.out;
        EXPECT_EQ(done.err, "");
    }
    EXPECT_EQ(ctl({"--help"}).code, 0);
    EXPECT_EQ(ctl({"--version"}).out.substr(0, 14), "watchglassctl ");
}

TEST(Filter, PassesWhatHoldsAndNamesWhatCannotBeRead)
{
    const Finished done = ctl({"filter", R"(type == "order_updated" && object.price > 3 && version >= 12)"},
                              "{\"event\":\"order_updated\",\"id\":\"a\",\"version\":\"12\",\"object\":{\"price\":5}}\n{broken\n"
                              "{\"event\":\"order_updated\",\"version\":13,\"object\":{\"price\":1}}\n\n{\"event\":\"order_updated\",\"version\":14,\"object\":{\"price\":4}}");
    EXPECT_EQ(done.code, 1);
    EXPECT_EQ(done.out, "{\"event\":\"order_updated\",\"id\":\"a\",\"version\":\"12\",\"object\":{\"price\":5}}\n"
                        "{\"event\":\"order_updated\",\"version\":14,\"object\":{\"price\":4}}\n");
    EXPECT_NE(done.err.find("Line 2"), std::string::npos);
}

TEST(Filter, ExplainPrintsTheCompiledForm)
{
    const Finished done = ctl({"filter", "--explain", "price > 3"});
    EXPECT_EQ(done.code, 0);
    EXPECT_NE(done.out.find("price > 3"), std::string::npos);
}

} // namespace
