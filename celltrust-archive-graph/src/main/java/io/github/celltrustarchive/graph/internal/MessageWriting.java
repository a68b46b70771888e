// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

/**
 * How messages are made and created.
 *
 * @param messages makes them with all that JSON can say
 * @param creation creates them
 * @param reducedMessages makes them without what Graph may refuse
 * @param reducedCreation creates those
 * @param reducedAllowed whether a message that Graph refuses is created so
 */
record MessageWriting(
        MessageFactory messages,
        MessageCreation creation,
        MessageFactory reducedMessages,
        MessageCreation reducedCreation,
        boolean reducedAllowed) {

    /** What makes messages of this form. */
    MessageFactory messages(MessageForm form) {
        return form == MessageForm.REDUCED ? reducedMessages : messages;
    }
}
