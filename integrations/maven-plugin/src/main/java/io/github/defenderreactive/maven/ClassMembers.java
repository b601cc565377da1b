package io.github.defenderreactive.maven;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The members that a class declares, and the types from which it inherits others. */
final class ClassMembers extends ClassVisitor {

    private final List<String> supertypes = new ArrayList<>();
    private final Map<String, Integer> access = new HashMap<>();
    private boolean isInterface;

    private ClassMembers() {
        super(Opcodes.ASM9);
    }

    static ClassMembers of(byte[] classFile) {
        ClassMembers members = new ClassMembers();
        new ClassReader(classFile)
                .accept(members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return members;
    }

    @Override
    public void visit(
            int version,
            int flags,
            String name,
            @Nullable String signature,
            @Nullable String superclass,
            String[] interfaces) {
        isInterface = (flags & Opcodes.ACC_INTERFACE) != 0;
        if (superclass != null) {
            supertypes.add(superclass);
        }
        supertypes.addAll(List.of(interfaces));
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int flags, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        access.put(name + ' ' + descriptor, flags);
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int flags, String name, String descriptor, @Nullable String signature, String[] exceptions) {
        access.put(name + descriptor, flags);
        return null;
    }

    boolean isInterface() {
        return isInterface;
    }

    /** Returns the internal names of the superclass and of the interfaces. */
    List<String> supertypes() {
        return supertypes;
    }

    /**
     * Returns the access flags of a member that the class declares.
     *
     * @param member name and descriptor, with a space between those of a field
     */
    Optional<Integer> access(String member) {
        return Optional.ofNullable(access.get(member));
    }

    /** Returns the descriptors of the methods, or the types of the fields, that have a name. */
    List<String> named(String name, boolean method) {
        String start = method ? name + '(' : name + ' ';
        return access.keySet().stream()
                .filter(member -> member.startsWith(start))
                .map(member -> member.substring(name.length()).trim())
                .sorted()
                .toList();
    }
}
