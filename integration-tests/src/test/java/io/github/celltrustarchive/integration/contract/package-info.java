// SPDX-License-Identifier: Apache-2.0
/** Every part of the project's own under the contract that is published for everybody's. */
@NullMarked
package io.github.celltrustarchive.integration.contract;

import org.jspecify.annotations.NullMarked;
