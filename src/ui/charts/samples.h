// SPDX-License-Identifier: GPL-3.0-or-later
// Samples: a run of figures handed to a painted item as one value, shared and never copied. NaN is a missing sample.
#pragma once

#include <QMetaType>
#include <QtQml/qqmlregistration.h>

#include <cstring>
#include <memory>
#include <vector>

namespace wg::ui {

struct Samples {
    Q_GADGET
    QML_ANONYMOUS
public:
    std::shared_ptr<const std::vector<float>> values;

    [[nodiscard]] bool isEmpty() const { return !values || values->empty(); }
    /// The same figures; missing samples are alike.
    friend bool operator==(const Samples& a, const Samples& b)
    {
        if (a.values == b.values)
            return true;
        return a.values && b.values && a.values->size() == b.values->size()
            && std::memcmp(a.values->data(), b.values->data(), a.values->size() * sizeof(float)) == 0;
    }
};

[[nodiscard]] inline Samples toSamples(std::vector<float> values)
{
    return {std::make_shared<const std::vector<float>>(std::move(values))};
}

} // namespace wg::ui
