// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.testkit.contract.PlainSource.Upstream;
import java.util.List;

/** The contract over {@link PlainSource}, or over a broken one. */
abstract class PlainSourceContract extends SourceAdapterContract {

    final Upstream upstream = new Upstream();

    @Override
    protected PlainSource open() {
        return new PlainSource(upstream);
    }

    @Override
    protected List<String> sourceIds() {
        return PlainSource.IDS;
    }

    @Override
    protected int badRecords() {
        return 1;
    }

    @Override
    protected void addRecord() {
        upstream.lines.add("id 7,+12125550107,One more");
    }

    @Override
    protected void makeUnreadable() {
        upstream.gone = true;
    }
}
