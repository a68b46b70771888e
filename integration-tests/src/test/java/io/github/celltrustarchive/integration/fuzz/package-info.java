// SPDX-License-Identifier: Apache-2.0
/** Coverage-guided fuzzing: any bytes in, the promises of the public contracts out. */
@NullMarked
package io.github.celltrustarchive.integration.fuzz;

import org.jspecify.annotations.NullMarked;
