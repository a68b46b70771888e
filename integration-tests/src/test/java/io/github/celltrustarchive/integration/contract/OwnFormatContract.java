// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.util.List;

/** A source of {@link ExportLines}. */
abstract class OwnFormatContract extends SourceAdapterContract {

    @Override
    protected List<String> sourceIds() {
        return ExportLines.IDS;
    }

    @Override
    protected int badRecords() {
        return ExportLines.BAD;
    }
}
