package dev.skep.vm;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Reports as Maven's Surefire writes them: a file {@code TEST-CLASS.xml} for each test class. */
final class SurefireReport {
    private final XMLStreamWriter xml;

    private SurefireReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes the report of a class into the folder, which is made if it is not there. */
    static void write(Path folder, String suite, List<Outcome> tests) {
        Path file = folder.resolve("TEST-" + suite + ".xml");
        try {
            Files.createDirectories(folder);
            try (Writer writer = Files.newBufferedWriter(file)) {
                new SurefireReport(XMLOutputFactory.newInstance().createXMLStreamWriter(writer)).suite(suite, tests);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing " + file, e);
        }
    }

    private void suite(String suite, List<Outcome> tests) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", suite);
        attribute("time", seconds(tests.stream().map(Outcome::time).reduce(Duration.ZERO, Duration::plus)));
        attribute("tests", String.valueOf(tests.size()));
        attribute("errors", count(tests, end -> end instanceof Outcome.Failed failed && !failed.isAssertion()));
        attribute("skipped", count(tests, Outcome.Skipped.class::isInstance));
        attribute("failures", count(tests, end -> end instanceof Outcome.Failed failed && failed.isAssertion()));
        xml.writeCharacters("\n");
        for (Outcome test : tests) {
            test(suite, test);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    private void test(String suite, Outcome test) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("name", test.name());
        attribute("classname", suite);
        attribute("time", seconds(test.time()));
        switch (test.end()) {
            case Outcome.Passed() -> {}
            case Outcome.Skipped(String reason) -> {
                xml.writeEmptyElement("skipped");
                attribute("message", reason);
            }
            case Outcome.Failed failed -> {
                xml.writeStartElement(failed.isAssertion() ? "failure" : "error");
                attribute("message", failed.message());
                attribute("type", failed.cause().getClass().getName());
                xml.writeCharacters(printable(stackTrace(failed.cause())));
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, printable(value));
    }

    /** XML has no way to write most control characters, which a message that quotes bytes may contain. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }

    private static String count(List<Outcome> tests, Predicate<Outcome.End> wanted) {
        return String.valueOf(tests.stream().map(Outcome::end).filter(wanted).count());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    private static String stackTrace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
