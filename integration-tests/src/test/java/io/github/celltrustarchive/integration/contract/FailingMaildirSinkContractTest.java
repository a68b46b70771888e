// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.testkit.SimulatedStorage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** On a simulated disk that becomes full, fails, or fails to tell that it did not. */
class FailingMaildirSinkContractTest extends MaildirContract {

    private final SimulatedStorage disk = new SimulatedStorage();
    private final Storage storage = (Storage)
            Proxy.newProxyInstance(Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, this::call);
    private boolean losingAnswer;

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(disk, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (losingAnswer && method.getName().equals("forceDirectory")) {
            losingAnswer = false;
            throw new IOException("the disk doesn't tell");
        }
        return answer;
    }

    @Override
    Storage storage() {
        return storage;
    }

    @Override
    Path root() {
        return Path.of("/mail");
    }

    @Override
    protected boolean refuseWrites() {
        disk.limitSpace(100);
        return true;
    }

    /** Of the force of the folder, after the link. */
    @Override
    protected boolean loseAnswer() {
        losingAnswer = true;
        return true;
    }

    @Override
    protected boolean makeUnreachable() {
        disk.failCallsFrom(disk.calls() + 1);
        return true;
    }
}
