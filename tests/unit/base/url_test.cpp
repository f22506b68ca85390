// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/url.h"

#include <gtest/gtest.h>

namespace wg {
namespace {

Url parsed(std::string_view text)
{
    const Result<Url> url = Url::parse(text);
    EXPECT_TRUE(url.isOk()) << text << ": " << url.error().what;
    return url.isOk() ? url.value() : Url{};
}

TEST(Url, PartsOfAnAddress)
{
    const Url url = parsed("WSS://Api.Example.COM:8443/v2/orders/watch?a=1&b=x%20y#frag");
    EXPECT_EQ(url.scheme, "wss");
    EXPECT_EQ(url.host, "api.example.com");
    EXPECT_EQ(url.port, 8443);
    EXPECT_EQ(url.path, "/v2/orders/watch");
    EXPECT_EQ(url.query, "a=1&b=x%20y");
    EXPECT_EQ(url.origin(), "https://api.example.com:8443");
    EXPECT_EQ(url.target(), "/v2/orders/watch?a=1&b=x%20y");
    EXPECT_EQ(url.toString(), "wss://api.example.com:8443/v2/orders/watch?a=1&b=x%20y");
}

TEST(Url, DefaultPortIsLeftOut)
{
    EXPECT_EQ(parsed("http://h").toString(), "http://h/");
    EXPECT_EQ(parsed("https://h:443/x").toString(), "https://h/x");
    EXPECT_EQ(parsed("ws://h:443/x").toString(), "ws://h:443/x");
    EXPECT_EQ(parsed("wss://h").port, 443);
}

TEST(Url, Ipv6KeepsItsBrackets)
{
    const Url url = parsed("http://[::1]:8787/v1");
    EXPECT_EQ(url.host, "::1");
    EXPECT_TRUE(url.isLoopback());
    EXPECT_EQ(url.toString(), "http://[::1]:8787/v1");
}

TEST(Url, EveryFaultIsASentence)
{
    for (const char* text : {"", "   ", "orders", "http//x", "ftp://h/", "http://", "http://:80/", "http://h:0/", "http://h:65536/",
                             "http://h:80x/", "http://[::1", "http://[::1]x", "http://a b/", "http://user:pw@h/", "javascript:alert(1)",
                             "http://h\\evil/", "http://<h>/"}) {
        const Result<Url> url = Url::parse(text);
        ASSERT_FALSE(url.isOk()) << text;
        EXPECT_EQ(url.error().code, ErrorCode::BadArgument);
        EXPECT_GT(url.error().what.size(), 20u) << text;
        EXPECT_FALSE(url.error().next.empty()) << text;
    }
}

TEST(Url, CredentialsInTheAddressAreNotRepeatedInTheError)
{
    const Result<Url> url = Url::parse("http://ann:hunter2@h/");
    ASSERT_FALSE(url.isOk());
    EXPECT_EQ(url.error().sentence().find("hunter2"), std::string::npos);
}

TEST(Url, LineBreaksCannotReachARequestLine)
{
    const Url url = parsed("http://h/a\r\nX: y?q=\r\nZ: 1");
    EXPECT_EQ(url.target().find_first_of("\r\n "), std::string::npos) << url.target();
}

TEST(Url, ParametersAreDecodedAndSet)
{
    Url url = parsed("http://h/x?since=e%3A1&ids=a&ids=b&flag");
    ASSERT_EQ(url.parameters().size(), 4u);
    EXPECT_EQ(url.parameters()[0].value, "e:1");
    EXPECT_EQ(url.parameters()[3].name, "flag");
    url.setParameter("since", "e:2 &=");
    EXPECT_EQ(url.query, "ids=a&ids=b&flag&since=e%3A2%20%26%3D");
    url.removeParameter("ids");
    EXPECT_EQ(url.query, "flag&since=e%3A2%20%26%3D");
}

TEST(Url, RedactedHidesCredentials)
{
    const std::string shown = parsed("http://h/x?access_token=abc123&since=1&apiKey=zzz").redacted();
    EXPECT_EQ(shown, "http://h/x?access_token=***&since=1&apiKey=***");
}

TEST(Url, ReferencesResolve)
{
    const Url base = parsed("http://h:81/a/b?q=1");
    EXPECT_EQ(base.resolved("/c?d=2").value().toString(), "http://h:81/c?d=2");
    EXPECT_EQ(base.resolved("c").value().toString(), "http://h:81/a/c");
    EXPECT_EQ(base.resolved("?z=9").value().toString(), "http://h:81/a/b?z=9");
    EXPECT_EQ(base.resolved("//other/x").value().toString(), "http://other/x");
    EXPECT_EQ(base.resolved("https://o/p?u=http://e").value().toString(), "https://o/p?u=http://e");
    EXPECT_FALSE(base.resolved("file:///etc/passwd").isOk());
}

TEST(Url, SchemesSwap)
{
    EXPECT_EQ(parsed("http://h/x").asWebSocket().toString(), "ws://h/x");
    EXPECT_EQ(parsed("wss://h/x").asHttp().toString(), "https://h/x");
}

TEST(PercentCoding, DecodeSurvivesBrokenEscapes)
{
    EXPECT_EQ(percentDecode("%41%4"), "A%4");
    EXPECT_EQ(percentDecode("%zz%"), "%zz%");
    EXPECT_EQ(percentDecode(percentEncode("a b&c=ü/?")), "a b&c=ü/?");
}

} // namespace
} // namespace wg
