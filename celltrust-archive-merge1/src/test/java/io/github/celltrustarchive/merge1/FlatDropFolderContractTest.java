// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import java.nio.file.Path;

/** A folder with all emails in it. */
class FlatDropFolderContractTest extends DropFolderContract {

    @Override
    Path place(int number) {
        return folder.resolve(number + ".eml");
    }
}
