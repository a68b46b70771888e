// SPDX-License-Identifier: Apache-2.0
/** Code that we did not write checks what we wrote: Microsoft's Graph SDK, a validator of OpenAPI. */
@NullMarked
package io.github.celltrustarchive.interoperability;

import org.jspecify.annotations.NullMarked;
