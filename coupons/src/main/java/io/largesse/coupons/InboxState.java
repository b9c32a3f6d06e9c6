package io.largesse.coupons;

/**
 * Where a list of the inbox is: TAKEN while its grant is at work or to be gone on with; HELD while that waits for the person who
 * stopped it; GRANTED or REFUSED once that is decided, whether its object is moved already or not.
 */
public enum InboxState {
    TAKEN,
    HELD,
    GRANTED,
    REFUSED
}
