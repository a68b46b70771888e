// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the broken parts out of ordinary runs. */
final class OnlyInContractRun implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getConfigurationParameter(ContractRun.PARAMETER).isPresent()
                ? ConditionEvaluationResult.enabled("a contract run")
                : ConditionEvaluationResult.disabled("broken on purpose");
    }
}
