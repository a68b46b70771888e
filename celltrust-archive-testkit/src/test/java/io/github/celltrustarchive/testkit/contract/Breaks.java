// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A contract class whose part breaks one rule on purpose. It runs only when {@link ContractRun} asks for it, wherever a
 * build may find it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnlyInContractRun.class)
@interface Breaks {

    /** The only rule that fails. */
    String value();
}
