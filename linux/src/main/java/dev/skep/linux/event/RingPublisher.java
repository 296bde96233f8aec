package dev.skep.linux.event;

import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes copies of a ring buffer's records to one subscriber, on a virtual thread. */
final class RingPublisher implements Flow.Publisher<byte[]> {
    /** Requests of more records than this are taken as "all there will be". */
    private static final int MOST_COUNTED = 1 << 24;

    private final RingBuffer ring;
    private final AtomicBoolean taken = new AtomicBoolean();

    RingPublisher(RingBuffer ring) {
        this.ring = ring;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> subscriber) {
        if (taken.compareAndSet(false, true)) {
            RingSubscription subscription = new RingSubscription(subscriber);
            subscriber.onSubscribe(subscription);
            subscription.thread.start();
        } else {
            subscriber.onSubscribe(new NoSubscription());
            subscriber.onError(new IllegalStateException(ring + " has a subscriber already"));
        }
    }

    /** Hands out as many records as were asked for. */
    private final class RingSubscription implements Flow.Subscription {
        private final Flow.Subscriber<? super byte[]> subscriber;
        private final Thread thread = Thread.ofVirtual().name("skep-ring").unstarted(this::run);
        private final Semaphore requested = new Semaphore(0);
        private volatile boolean unlimited;
        private volatile boolean cancelled;
        private volatile boolean badRequest;

        RingSubscription(Flow.Subscriber<? super byte[]> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                badRequest = true;
            } else if (n > MOST_COUNTED || requested.availablePermits() > MOST_COUNTED) {
                unlimited = true;
            } else {
                requested.release((int) n - 1);
            }
            requested.release();
        }

        @Override
        public void cancel() {
            cancelled = true;
            requested.release();
            thread.interrupt();
        }

        private void run() {
            try {
                RingIterator records = ring.iterator();
                while (awaitRequest() && records.hasNext() && !cancelled) {
                    subscriber.onNext(records.next());
                }
                if (!cancelled) {
                    subscriber.onComplete();
                }
            } catch (RuntimeException e) {
                if (!cancelled) {
                    subscriber.onError(e);
                }
            }
        }

        /** @return false if there will be no more */
        private boolean awaitRequest() {
            try {
                if (!unlimited) {
                    requested.acquire();
                }
            } catch (InterruptedException e) {
                return false;
            }
            if (badRequest) {
                throw new IllegalArgumentException("a subscriber has to ask for at least one record");
            }
            return !cancelled;
        }
    }

    /** For a subscriber that is turned away. */
    private static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
