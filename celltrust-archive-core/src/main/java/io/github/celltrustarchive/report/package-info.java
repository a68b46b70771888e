// SPDX-License-Identifier: Apache-2.0
/** Status log, HTML report, reconciliation and evidence. */
@NullMarked
package io.github.celltrustarchive.report;

import org.jspecify.annotations.NullMarked;
