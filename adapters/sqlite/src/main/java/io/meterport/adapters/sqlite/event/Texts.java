package io.meterport.adapters.sqlite.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Several texts as bytes: before each the number of its bytes, in four. */
final class Texts {
    private Texts() {}

    static byte[] bytes(List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    static List<String> of(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            byte[] utf8 = new byte[left.getInt()];
            left.get(utf8);
            texts.add(new String(utf8, StandardCharsets.UTF_8));
        }
        return List.copyOf(texts);
    }
}
