// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

Q_LOGGING_CATEGORY(logCapture, "trackside.capture", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "trackside.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logDeliver, "trackside.deliver", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "trackside.app", QtWarningMsg)
