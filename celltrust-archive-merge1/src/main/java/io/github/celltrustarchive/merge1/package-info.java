// SPDX-License-Identifier: Apache-2.0
/** Takes over what a Merge1 site has turned into email. */
@NullMarked
package io.github.celltrustarchive.merge1;

import org.jspecify.annotations.NullMarked;
