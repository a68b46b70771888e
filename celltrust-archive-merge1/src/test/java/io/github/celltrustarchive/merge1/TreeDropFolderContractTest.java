// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.nio.file.Path;

/** A tree of days, hours and minutes, the last email in an old minute, moved away once archived. */
class TreeDropFolderContractTest extends DropFolderContract {

    @Override
    Path place(int number) {
        int minute = number == 7 ? 1 : number / 2;
        return folder.resolve("20260302")
                .resolve("12")
                .resolve("0" + minute)
                .resolve("ann@bank.example " + number + ".EML");
    }

    @Override
    Merge1DropSource.Builder builder() throws Exception {
        return super.builder().moveArchived("Archived");
    }
}
