// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.celltrustarchive.examples.smsbackup;

import org.jspecify.annotations.NullMarked;
