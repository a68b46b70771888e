// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Merge1SiteSource} asks of a Merge1 site: the one piece to replace where a site offers something else than
 * {@link HttpsMerge1Site} speaks. The web interface of Merge1 isn't public; this interface is ours, and so is the protocol
 * of {@code docs/merge1-site.yaml} behind the implementation that comes with it.
 *
 * <p><b>Signing in</b> is the implementation's own affair: the first call signs in, later ones renew what has expired.
 *
 * <p><b>Order.</b> The site lists the items of a connector in an order that doesn't change, new ones at the end. A cursor
 * says after which item a page begins. It is opaque to the caller, holds no secret and no personal data, has at most 1,024
 * characters, and is valid until what comes after it has been acknowledged, also after a restart. The caller copes with a
 * site that keeps to this badly: pages that come twice, in another order or overlapping, items that turn up late.
 *
 * <p><b>Errors.</b> {@link IOException} if the site can't be asked now, or its answer can't be trusted (cut off, of another
 * type or length than it says); the caller tries again later. {@link ArchiveException} with {@code RETRY} and a time if the
 * site asks to wait, with {@code STOP} if an operator must act: wrong credentials, a cursor that the site has forgotten.
 * {@link Merge1ItemException} from {@link #open} if it is about this one item. No message holds a secret, a name or an
 * address of a person, or a URL's query.
 *
 * <p><b>Bounds.</b> Every call ends within a time that the implementation sets, however slow the site is, and holds a
 * bounded amount of memory, whatever the site sends. Credentials go to the site and to no other host.
 *
 * <p><b>Threading.</b> One thread at a time, except {@link #close}, which may come at any time and ends a call that is
 * blocked. A call in an interrupted thread throws {@link InterruptedException}.
 */
public interface Merge1Site extends AutoCloseable {

    /**
     * Looks for a connector by its unique name.
     *
     * @param name as the administrator spelled it on the site
     * @return the connector, or empty if the site has none of that name
     */
    Optional<Merge1Connector> findConnector(String name) throws IOException, InterruptedException;

    /**
     * Lists items, without their bytes.
     *
     * @param cursor {@link Merge1Page#nextCursor} of the page before; empty for the first page
     * @param window only items stored in this time; null for all. Pages of one window are read with cursors of that window
     * @param limit at most this many items, 1 to 1,000; fewer are always right
     * @return the page; one that is short or empty says nothing about the end
     * @throws ArchiveException with {@code STOP} if the site doesn't know the cursor
     */
    Merge1Page itemsAfter(Merge1Connector connector, String cursor, @Nullable Merge1Window window, int limit)
            throws IOException, InterruptedException;

    /**
     * How one item is listed now.
     *
     * @param id of a listed item
     * @return the item; empty if the site says for certain that it has none of that id (any more)
     */
    Optional<Merge1Item> item(Merge1Connector connector, String id) throws IOException, InterruptedException;

    /**
     * Opens an item's bytes.
     *
     * @param item as it was listed
     * @param from offset of the first byte wanted, 0 to {@code item.size()} - 1; a download that was interrupted goes on
     *     there
     * @return a stream whose first byte is the one at {@code from}. It may end before the item does: the caller then opens
     *     the item again where it ended. It holds at least one byte. The caller closes it and checks size and digest of
     *     the whole
     * @throws Merge1ItemException if the item is gone, or is another version than was listed, or its link can't be followed
     */
    InputStream open(Merge1Connector connector, Merge1Item item, long from) throws IOException, InterruptedException;

    /**
     * Everything that pages of the list without a window have shown up to this cursor is archived: the site may delete it.
     * Only then, and nothing else: an item that has turned up before the cursor since, and that no such page has shown, isn't
     * meant. Repeated at every start; the same or an earlier cursor again does no harm. A site that deletes on its own schedule,
     * or can't tell what it has shown, does nothing here.
     *
     * @param cursor of a list without a window
     */
    void acknowledge(Merge1Connector connector, String cursor) throws IOException, InterruptedException;

    /**
     * Looks whether the site can be used: address, credentials, clock. Changes nothing there.
     *
     * @return one entry for each thing looked at; empty by default
     */
    default List<Check> check() throws IOException, InterruptedException {
        return List.of();
    }

    /** Frees connections. A second call does nothing. */
    @Override
    default void close() {}
}
