// SPDX-License-Identifier: GPL-3.0-or-later
#include "heard.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using dialect::Carrier;

TEST(Generic, NamesItselfByWhatCarriesIt)
{
    const auto d = make("generic", "http://h/x");
    EXPECT_EQ(d->name(Carrier::WebSocket), "generic-ws");
    EXPECT_EQ(d->name(Carrier::LongPoll), "generic-longpoll");
    EXPECT_EQ(d->carriers().front(), Carrier::Sse);
    EXPECT_EQ(make("generic", "wss://h/x")->carriers(), std::vector<Carrier>{Carrier::WebSocket});
    EXPECT_EQ(make("generic-ndjson", "http://h/x")->carriers(), std::vector<Carrier>{Carrier::Ndjson});
    for (const std::string_view name : dialect::dialectNames())
        EXPECT_TRUE(dialect::makeDialect(name, {Url::parse("http://h/v1/x").value(), {}, {}, {}, 15}));
}

TEST(Generic, SendsTheLastEventIdExactly)
{
    const auto d = make("generic-sse", "http://h/x?a=b");
    const auto request = d->stream(Carrier::Sse, sync::Cursor{"", sync::Version::opaque(" 17:0;é ")});
    EXPECT_EQ(request.headers.back().name, "Last-Event-ID");
    EXPECT_EQ(request.headers.back().value, " 17:0;é ");
    EXPECT_EQ(request.url.target(), "/x?a=b");
}

TEST(Generic, AnIdThatStaysInForceIsNotThatOfTheNextMessage)
{
    const auto d = make("generic-sse", "http://h/x");
    d->connected(Carrier::Sse, {});
    EXPECT_EQ(decode(*d, Carrier::Sse, "a", "message", "1").events.at(0).version.toString(), "1");
    EXPECT_TRUE(decode(*d, Carrier::Sse, "b", "message", "1").events.at(0).version.isAbsent());
    EXPECT_EQ(decode(*d, Carrier::Sse, "c", "message", "2").events.at(0).version.toString(), "2");
    d->connected(Carrier::Sse, {});
    EXPECT_EQ(decode(*d, Carrier::Sse, "c", "message", "2").events.at(0).version.toString(), "2") << "a repeat after a resume is known as one";
}

TEST(Generic, NchanFramesAreTakenApartOnlyWhereAgreedOn)
{
    const auto d = make("generic-ws", "ws://h/x");
    const std::string frame = "id: 17:[1],-\ncontent-type: text/plain\n\nbody\n\nmore";
    d->connected(Carrier::WebSocket, "");
    EXPECT_EQ(decode(*d, Carrier::WebSocket, frame).events.at(0).payload, frame);
    d->connected(Carrier::WebSocket, "ws+meta.nchan");
    const auto heard = decode(*d, Carrier::WebSocket, frame);
    EXPECT_EQ(heard.events.at(0).payload, "body\n\nmore");
    EXPECT_EQ(heard.events.at(0).version.toString(), "17:[1],-");
    EXPECT_EQ(heard.events.at(0).raw, frame);
    for (const char* other : {"plain", "id: 1", "a: b\n\nx", "\n\n", "id: \n\nx", "content-type: x\n\ny"})
        EXPECT_EQ(decode(*d, Carrier::WebSocket, other).events.at(0).payload, other) << "what is not of that form is shown as it came";
}

TEST(Generic, LinesThatAreNotUtf8AreCountedAsUnreadable)
{
    const auto d = make("generic-ndjson", "http://h/x");
    Hearing heard;
    const Padded padded("\xff");
    dialect::Received message;
    message.text = padded.view();
    message.hasValidUtf8 = false;
    d->decode(Carrier::Ndjson, message, heard);
    EXPECT_EQ(heard.refusals.size(), 1u);
    EXPECT_EQ(decode(*d, Carrier::Ndjson, "{broken").events.size(), 1u) << "a line need not be JSON to be shown";
}

} // namespace
} // namespace wg::test
